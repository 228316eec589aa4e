"""The page on which a document is written, as it comes from the server."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from proposals.editing import services
from proposals.editing.domain.content import Content
from proposals.editing.models import Epoch, Update
from proposals.portfolio.models import Document, Proposal, Supporter
from proposals.workflow import services as workflow
from proposals.workflow.services.secretary import Change
from tests.moving import grace, make_committee, submitted
from tests.people import Cast, as_
from tests.proposals import make_supporter
from workspaces.models import Pair, Person


def address(document: Document) -> str:
    return reverse("editor", args=[document.proposal.reference, document.stage])


def test_it_works(document: Document, amara: Person) -> None:
    """[ED77] Whoever may write gets the socket's address and the text as last saved."""
    services.seed_content(document, Content(texts={"summary": "People **wait**."}))
    answer = as_(amara).get(address(document))
    assert answer.status_code == 200
    epoch = Epoch.objects.get()
    facts = answer.context
    assert facts["can_edit"] is True
    assert facts["reason"] == ""
    assert facts["socket_path"] == f"/ws/documents/{epoch.pk}"
    assert facts["you"] == {"id": amara.pk, "name": "Amara Okafor", "side": "clinician"}
    assert facts["schema"] == 1
    assert [page.section.key for page in facts["sections"]][:2] == ["summary", "problem"]
    assert facts["sections"][0].html == "<p>People <strong>wait</strong>.</p>"
    page = answer.content.decode()
    assert "People <strong>wait</strong>." in page
    saved = timezone.localtime(Update.objects.get().at)
    assert f"You are reading the text as saved at {saved:%H:%M} on {saved:%-d %B}. To write, use" in page


def test_eve_gets_404(document: Document, eve: Person) -> None:
    assert as_(eve).get(address(document)).status_code == 404
    assert not Epoch.objects.exists()


def test_visitors_are_asked_to_sign_in(document: Document) -> None:
    assert Client().get(address(document)).status_code == 302


def test_a_colleague_sees_why_they_cannot_write(document: Document, dele: Person) -> None:
    """[ED77]"""
    make_supporter(document.proposal, dele, Supporter.READER)
    answer = as_(dele).get(address(document))
    assert answer.context["can_edit"] is False
    assert answer.context["reason"].startswith("Only the pair")
    assert answer.context["you"]["side"] == "other"


def test_whoever_is_not_invited_gets_403(document: Document, chandra: Person) -> None:
    """[PF24] [PF25] With whom to ask, and without opening the document."""
    answer = as_(chandra).get(address(document))
    assert answer.status_code == 403
    assert "Ask Amara Okafor or Ben Adeyemi to add you." in answer.content.decode()
    assert not Epoch.objects.exists()


def test_a_waiting_pair_sees_who_is_awaited(document: Document, pair: Pair, amara: Person) -> None:
    """[ED77]"""
    Pair.objects.update(manager_accepted_at=None)
    assert "Ben Adeyemi" in as_(amara).get(address(document)).context["reason"]


def test_a_complete_text_is_read_only(document: Document, amara: Person) -> None:
    """[ED77]"""
    epoch = services.open_epoch(document)
    Epoch.objects.update(closed_at=timezone.now())
    facts = as_(amara).get(address(document)).context
    assert facts["epoch"] == epoch
    assert facts["can_edit"] is False
    assert "complete" in facts["reason"]


@pytest.mark.parametrize("stage", ["evaluation", "business_case", "closed", "nonsense"])
def test_a_stage_without_a_document_is_not_found(document: Document, amara: Person, stage: str) -> None:
    """[ED70]"""
    assert as_(amara).get(f"/proposals/{document.proposal.reference}/{stage}/").status_code == 404


def test_a_closed_text_leads_to_its_version(cast: Cast, proposal: Proposal) -> None:
    """[FE89] For whoever reads it, whatever they may write; nothing of it once it is open again."""
    make_supporter(proposal, cast.dele, Supporter.READER)
    make_committee(cast)
    version = submitted(proposal, cast).version
    place = reverse("version", args=[proposal.reference, "concept", version.number])
    for person in (cast.amara, cast.dele):
        page = as_(person).get(address(version.document)).content.decode()
        assert "This text has been handed in, so it stays as it is until the committee has decided." in page
        assert f"It is kept as version {version.number} of" in page
        assert place in page
    workflow.send_back(proposal, [Change("Say more", "summary")], by=grace())
    assert place not in as_(cast.amara).get(address(version.document)).content.decode()
