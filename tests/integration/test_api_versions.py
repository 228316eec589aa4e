"""/api/proposals/<reference>/versions/: what was kept of a proposal's texts."""

from proposals.editing import services
from proposals.portfolio.models import Document
from tests.people import as_
from workspaces.models import Person


def address(document: Document) -> str:
    return f"/api/proposals/{document.proposal.reference}/versions/"


def test_it_works(document: Document, amara: Person, ben: Person) -> None:
    """[ED129]"""
    services.name_version(document, "First", by=amara)
    version = services.freeze(document, by=ben)
    newest, oldest = as_(ben).get(address(document)).json()
    assert newest["frozen"] is True
    assert newest["url"] == f"/api/versions/{version.sha256}/"
    assert (oldest["number"], oldest["title"], oldest["made_by"]) == (1, "First", "Amara Okafor")
    assert oldest["stage"] == "concept"
    assert oldest["sha256"] == newest["sha256"]


def test_eve_gets_404(document: Document, eve: Person) -> None:
    assert as_(eve).get(address(document)).status_code == 404


def test_whoever_is_not_invited_gets_403(document: Document, chandra: Person) -> None:
    """[ED129]"""
    assert as_(chandra).get(address(document)).status_code == 403
