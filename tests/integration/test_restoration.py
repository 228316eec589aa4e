"""Bringing back words of a version: what would change, which parts, and the deed."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from proposals.editing import log, scribe, selectors, services
from proposals.editing.domain.content import Content
from proposals.editing.models import ClientBinding, Epoch, FrozenVersion, Update
from proposals.portfolio.models import Document, Supporter
from tests.people import Cast, as_, people
from tests.proposals import make_proposal, make_supporter
from workspaces.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)
THEN = Content(
    texts={"summary": "People wait too long.", "problem": "Old problem."},
    forms={"aim": {"measure": "Going home"}},
    registers={"people": [{"id": "a", "who": "Ward sisters"}]},
)
NOW = Content(texts={"summary": "People wait for hours.", "problem": "New problem."})


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people()


@pytest.fixture
def document(cast: Cast) -> Iterator[Document]:
    """Something was kept, then everything was written anew."""
    document = make_proposal(cast.pair).documents.get()
    services.seed_content(document, THEN)
    services.name_version(document, "First", by=cast.amara)
    merged, _ = log.merged(Epoch.objects.get().pk)
    roots = selectors.roots_of(document.template)
    update = scribe.restore(merged, NOW, roots=roots, client=900)
    Update.objects.create(epoch=Epoch.objects.get(), seq=2, data=update, by=cast.ben, at=document.created_at)
    Epoch.objects.update(head=2)
    yield document
    log.writer().stop()


def address(document: Document, number: int = 1) -> str:
    return reverse("restoration", args=[document.proposal.reference, document.stage, number])


def test_it_works(document: Document, cast: Cast) -> None:
    """[ED134] It says what would change first; then the chosen parts are back, and others are not."""
    page = as_(cast.amara).get(address(document)).content.decode()
    assert "too long" in page
    assert "for hours" in page
    answer = as_(cast.amara).post(address(document), {"sections": ["summary", "aim", "people"]}, follow=True)
    assert "The words of version 1 are back." in answer.content.decode()
    content = selectors.content_of(document)
    assert content.texts["summary"] == "People wait too long.\n"
    assert content.texts["problem"] == "New problem.\n"
    assert content.forms["aim"] == {"measure": "Going home"}
    assert content.registers["people"] == [{"id": "a", "who": "Ward sisters"}]
    row = Update.objects.get(seq=3)
    assert row.by == cast.amara
    assert ClientBinding.objects.get(person=cast.amara).client_id > 2
    assert AuditEntry.objects.get(verb="restore").facts == {"stage": "concept", "version": 1, "seq": 3}
    kept = FrozenVersion.objects.get(number=2)
    assert kept.title == "Before version 1 was brought back"
    assert "for hours" in kept.markdown


def test_eve_gets_404(document: Document, cast: Cast) -> None:
    assert as_(cast.eve).get(address(document)).status_code == 404
    assert as_(cast.eve).post(address(document), {"sections": ["summary"]}).status_code == 404
    assert as_(cast.amara).get(address(document, 9)).status_code == 404


def test_a_reader_brings_nothing_back(document: Document, cast: Cast) -> None:
    """[ED134] Only whoever may write."""
    make_supporter(document.proposal, cast.dele, Supporter.READER)
    assert as_(cast.dele).get(address(document)).status_code == 403
    assert as_(cast.dele).post(address(document), {"sections": ["summary"]}).status_code == 403
    assert Epoch.objects.get().head == 2


def test_nothing_chosen_or_nothing_to_do(document: Document, cast: Cast) -> None:
    """[ED134] Each in a sentence, and nothing is written."""
    answer = as_(cast.amara).post(address(document), {})
    assert answer.status_code == 422
    assert "Choose at least one part" in answer.content.decode()
    assert as_(cast.amara).post(address(document), {"sections": ["size"]}).status_code == 422
    services.restore(document, FrozenVersion.objects.get(), by=cast.amara)
    assert "nothing to bring back" in as_(cast.amara).get(address(document)).content.decode()
    with pytest.raises(services.Unrestorable, match="says this already"):
        services.restore(document, FrozenVersion.objects.get(), by=cast.amara)
    with pytest.raises(services.Unrestorable, match="at least one part"):
        services.restore(document, FrozenVersion.objects.get(), by=cast.amara, sections=["nothing"])
    assert Epoch.objects.get().head == 3


def test_a_closed_text_and_a_stranger_are_refused(document: Document, cast: Cast) -> None:
    """[ED134] The log asks for the right to write, as for every edit."""
    version = FrozenVersion.objects.get()
    with pytest.raises(services.Unrestorable, match="no longer write here"):
        services.restore(document, version, by=cast.chandra)
    services.freeze(document, by=cast.ben, patience=0)
    with pytest.raises(services.DocumentClosed):
        services.restore(document, version, by=cast.amara)
    assert Epoch.objects.get().head == 2
