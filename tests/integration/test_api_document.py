"""/api/documents/<id>/: where to join a document, and what the reader may do there."""

from django.test import Client
from django.utils import timezone

from proposals.editing.models import Epoch
from proposals.portfolio.models import Document, Supporter
from tests.people import as_
from tests.proposals import make_supporter
from workspaces.models import Person


def address(document: Document) -> str:
    return f"/api/documents/{document.pk}/"


def test_it_works(document: Document, amara: Person) -> None:
    """[ED79]"""
    answer = as_(amara).get(address(document))
    facts = answer.json()
    epoch = Epoch.objects.get()
    assert answer.status_code == 200
    assert facts["id"] == document.pk
    assert facts["epoch"] == str(epoch.pk)
    assert facts["stage"] == "concept"
    assert facts["websocket_path"] == f"/ws/documents/{epoch.pk}"
    assert facts["frozen"] is False
    assert facts["abilities"]["edit"] == {"allowed": True, "reason": ""}
    people = next(section for section in facts["sections"] if section["key"] == "people")
    assert people["roots"] == ["t:people", "f:people", "r:people"]
    assert set(people) == {"key", "title", "prompt", "lead", "required", "word_limit", "roots"}


def test_eve_gets_404(document: Document, eve: Person) -> None:
    answer = as_(eve).get(address(document))
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_visitors_get_401(document: Document) -> None:
    assert Client().get(address(document)).status_code == 401


def test_a_colleague_reads_why_they_cannot_write(document: Document, dele: Person) -> None:
    """[ED79] Somebody who may read is told why they do not write, and gets the address to read along."""
    make_supporter(document.proposal, dele, Supporter.READER)
    edit = as_(dele).get(address(document)).json()["abilities"]["edit"]
    assert edit["allowed"] is False
    assert edit["reason"].startswith("Only the pair")


def test_whoever_is_not_invited_gets_403(document: Document, chandra: Person) -> None:
    """[PF24] [PF25] Not even the address of the socket."""
    answer = as_(chandra).get(address(document))
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["detail"].startswith("Drafts are seen only by the pair and the people they invite.")


def test_a_complete_document_is_frozen(document: Document, amara: Person) -> None:
    """[ED79]"""
    as_(amara).get(address(document))
    Epoch.objects.update(closed_at=timezone.now())
    facts = as_(amara).get(address(document)).json()
    assert facts["frozen"] is True
    assert facts["epoch"] == str(Epoch.objects.get().pk)
