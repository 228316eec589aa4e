"""One version of a text, to read and to print."""

from django.urls import reverse

from proposals.editing import services
from proposals.editing.models import Epoch, Update
from proposals.portfolio.domain.stages import Route, Stage
from proposals.portfolio.models import Document
from tests.integration.test_text import FULL, make_case
from tests.people import as_
from workspaces.models import Pair, Person


def address(document: Document, number: int = 1) -> str:
    return reverse("version", args=[document.proposal.reference, document.stage, number])


def test_it_works(document: Document, amara: Person, ben: Person) -> None:
    """[ED129] As it was then, with its hash, whatever has been written since."""
    services.seed_content(document, FULL)
    version = services.name_version(document, "First", by=amara)
    Epoch.objects.update(head=2)
    Update.objects.create(epoch=Epoch.objects.get(), seq=2, data=b"\xff\xff", by=amara, at=version.made_at)
    page = as_(ben).get(address(document)).content.decode()
    assert "People wait <strong>too long</strong>." in page
    assert "Ward sisters" in page
    assert version.sha256 in page
    assert "Kept by Amara Okafor" in page


def test_what_the_route_does_not_ask_for(pair: Pair, amara: Person) -> None:
    """[ED86] Named in one sentence, unless somebody has said something on it."""
    document = make_case(pair, Route.SHORT).documents.get(stage=Stage.BUSINESS_CASE)
    services.freeze(document, by=amara, patience=0)
    page = as_(amara).get(address(document)).content.decode()
    assert "Not asked for on this route: Objectives; " in page
    assert 'id="section-objectives"' not in page
    said = {"section": "objectives", "kind": "comment", "readers": "private", "body": "Name one."}
    assert as_(amara).post(address(document), said).status_code == 302
    assert 'id="section-objectives"' in as_(amara).get(address(document)).content.decode()


def test_eve_gets_404(document: Document, amara: Person, eve: Person) -> None:
    services.name_version(document, "First", by=amara)
    assert as_(eve).get(address(document)).status_code == 404
    assert as_(amara).get(address(document, 2)).status_code == 404


def test_whoever_is_not_invited_gets_403(document: Document, amara: Person, chandra: Person) -> None:
    """[ED129]"""
    services.name_version(document, "First", by=amara)
    assert as_(chandra).get(address(document)).status_code == 403
