"""/api/documents/<id>/names/: who can be called in the margin of a document."""

from proposals.portfolio.models import Document
from tests.people import Cast, as_
from tests.proposals import make_supporter
from workspaces.models import Person


def address(document: Document) -> str:
    return f"/api/documents/{document.pk}/names/"


def test_it_works(document: Document, cast: Cast) -> None:
    """[CM32] Only those who may read the draft: a colleague is there once invited, and not before."""
    assert as_(cast.amara).get(address(document)).json() == [
        {"call": "Ben Adeyemi", "people": ["Ben Adeyemi"], "side": "manager", "is_side": False},
        {"call": "manager", "people": ["Ben Adeyemi"], "side": "manager", "is_side": True},
    ]
    make_supporter(document.proposal, cast.dele, "reader")
    calls = [name["call"] for name in as_(cast.dele).get(address(document)).json()]
    assert calls == ["Amara Okafor", "Ben Adeyemi", "clinician", "manager"]
    assert "Dele Ogun" in [name["call"] for name in as_(cast.ben).get(address(document)).json()]


def test_eve_gets_404(document: Document, eve: Person) -> None:
    """[CM32]"""
    assert as_(eve).get(address(document)).status_code == 404


def test_a_colleague_who_is_not_invited_is_told_no_names(document: Document, dele: Person) -> None:
    """[CM32] Who reads a draft is for those who read it."""
    refused = as_(dele).get(address(document))
    assert refused.status_code == 403
    assert "Ask Amara Okafor or Ben Adeyemi to add you." in refused.json()["detail"]


def test_without_script_the_names_are_in_a_line(document: Document, cast: Cast) -> None:
    """[CM32] Under every box in which somebody can be called."""
    page = as_(cast.amara).get("/proposals/MB-2026-001/concept/threads/").content.decode()
    assert "To call somebody, write @Ben Adeyemi or @manager." in page
