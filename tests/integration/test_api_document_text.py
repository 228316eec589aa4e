"""/api/documents/<id>/text/: a document as Markdown, section by section and whole."""

from proposals.editing import services
from proposals.portfolio.models import Document
from tests.integration.test_text import FULL
from tests.people import as_
from workspaces.models import Person


def address(document: Document) -> str:
    return f"/api/documents/{document.pk}/text/"


def test_it_works(document: Document, ben: Person) -> None:
    """[ED79]"""
    services.seed_content(document, FULL)
    facts = as_(ben).get(address(document)).json()
    said = {section["key"]: section["markdown"] for section in facts["sections"]}
    assert facts["seq"] == 1
    assert facts["note"] == ""
    assert said["summary"] == "People wait **too long**.\n\n-   one\n-   two"
    assert said["people"].startswith("| Who | Interest |")
    assert said["ask"] == ""
    assert said["summary"] in facts["markdown"]


def test_eve_gets_404(document: Document, eve: Person) -> None:
    assert as_(eve).get(address(document)).status_code == 404


def test_whoever_is_not_invited_gets_403(document: Document, chandra: Person) -> None:
    """[PF24]"""
    services.seed_content(document, FULL)
    answer = as_(chandra).get(address(document))
    assert answer.status_code == 403
    assert "People wait" not in answer.content.decode()


def test_a_document_nobody_opened_says_nothing(document: Document, ben: Person) -> None:
    facts = as_(ben).get(address(document)).json()
    assert facts["seq"] == 0
    assert facts["saved_at"] is None
    assert facts["markdown"] == "# A frailty team at the front door\n"
