"""The versions kept of a text: the list, keeping one more, and choosing two to compare."""

import pytest
from django.urls import reverse

from proposals.editing import services
from proposals.editing.domain.content import Content
from proposals.editing.models import Epoch, FrozenVersion
from proposals.portfolio.models import Document, Supporter
from tests.integration.test_text import FULL
from tests.people import as_
from tests.proposals import make_supporter
from workspaces.models import AuditEntry, Person


def address(document: Document) -> str:
    return reverse("versions", args=[document.proposal.reference, document.stage])


def test_it_works(document: Document, amara: Person, ben: Person) -> None:
    """[ED128] An author keeps a version under a name; it is listed with its author; writing goes on."""
    services.seed_content(document, FULL)
    answer = as_(amara).post(address(document), {"title": "  Before  the cut "}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(address(document), 302)]
    assert "Version 1 is kept as “Before the cut”." in page
    page = as_(ben).get(address(document)).content.decode()
    assert "Version 1, Before the cut" in page
    assert "Kept by Amara Okafor" in page
    assert "What has changed since" in page
    version = FrozenVersion.objects.get()
    assert (version.closes, version.title, version.made_by, version.seq) == (
        False,
        "Before the cut",
        amara,
        1,
    )
    assert "People wait **too long**" in version.markdown
    assert Epoch.objects.get().closed_at is None
    assert AuditEntry.objects.get(verb="name_version").facts["sha256"] == version.sha256


def test_eve_gets_404(document: Document, eve: Person) -> None:
    assert as_(eve).get(address(document)).status_code == 404
    assert as_(eve).post(address(document), {"title": "Mine"}).status_code == 404


def test_whoever_is_not_invited_gets_403(document: Document, chandra: Person) -> None:
    """[ED129] Versions are seen by whoever may read the text, and by nobody else."""
    assert as_(chandra).get(address(document)).status_code == 403


def test_a_reader_reads_and_keeps_nothing(document: Document, dele: Person) -> None:
    """[ED129]"""
    make_supporter(document.proposal, dele, Supporter.READER)
    page = as_(dele).get(address(document)).content.decode()
    assert "Nothing has been kept yet." in page
    assert "Keep this version" not in page
    assert as_(dele).post(address(document), {"title": "Mine"}).status_code == 403
    assert not FrozenVersion.objects.exists()


@pytest.mark.parametrize(
    ("title", "sentence"), [("  ", "Give the version a name."), ("x" * 121, "120 characters")]
)
def test_a_version_needs_a_name(document: Document, amara: Person, *, title: str, sentence: str) -> None:
    """[ED128]"""
    answer = as_(amara).post(address(document), {"title": title})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not FrozenVersion.objects.exists()


def test_a_closed_text_has_its_version_already(document: Document, amara: Person) -> None:
    """[ED128]"""
    services.freeze(document, by=amara)
    page = as_(amara).get(address(document)).content.decode()
    assert "Closed by Amara Okafor" in page
    assert "Keep this version" not in page
    answer = as_(amara).post(address(document), {"title": "Late"})
    assert "read, not changed" in answer.content.decode()
    assert FrozenVersion.objects.count() == 1


def test_two_versions_are_chosen_to_compare(document: Document, amara: Person) -> None:
    """[ED130] In whichever order; without script."""
    services.seed_content(document, Content(texts={"summary": "Hello"}))
    for name in ("One", "Two"):
        services.name_version(document, name, by=amara)
    for older, newer, end in (("1", "now", "1..now"), ("2", "1", "1..2")):
        answer = as_(amara).get(address(document), {"older": older, "newer": newer})
        assert answer.headers["Location"] == f"{address(document)}{end}/"
    assert as_(amara).get(address(document), {"older": "9", "newer": "now"}).status_code == 422


def test_the_proposal_page_leads_here_and_tells_of_it(document: Document, amara: Person) -> None:
    services.name_version(document, "One", by=amara)
    page = as_(amara).get(reverse("proposal", args=[document.proposal.reference])).content.decode()
    assert address(document) in page
    assert "Amara Okafor kept version 1 of the concept" in page
