"""The page on which the text of a stage is read and printed."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from pycrdt import merge_updates
from pytest_django.fixtures import Settings

from proposals.editing import services
from proposals.editing.domain.content import Content
from proposals.editing.models import Epoch, Update
from proposals.portfolio import services as portfolio
from proposals.portfolio.domain.stages import Route, Stage
from proposals.portfolio.models import Document, Proposal, Supporter
from tests.people import as_
from tests.proposals import make_proposal, make_supporter
from workspaces.models import Pair, Person

FULL = Content(
    texts={
        "summary": "People wait **too long**.\n\n-   one\n-   two\n",
        "problem": "<script>alert(1)</script>\n\n### Why\n\n[a page](https://marlbeck.example/x)",
    },
    forms={
        "aim": {
            "population": "People with frailty", "measure": "Going home the same day", "direction": "up",
            "from": "21%", "to": "30%", "by": "2026-03-31",
        }
    },
    registers={"people": [{"id": "a", "who": "Ward sisters", "interest": "high", "stance": "Worried <b>"}]},
)  # fmt: skip


@pytest.fixture
def written(document: Document) -> Document:
    services.seed_content(document, FULL)
    return document


def make_case(pair: Pair, route: Route) -> Proposal:
    """A proposal at its business case, with nothing written."""
    proposal = make_proposal(pair)
    Proposal.objects.filter(pk=proposal.pk).update(stage=Stage.BUSINESS_CASE, route=route)
    portfolio.open_document(proposal, Stage.BUSINESS_CASE, by=None)
    proposal.refresh_from_db()
    return proposal


def address(document: Document) -> str:
    return reverse("text", args=[document.proposal.reference, document.stage])


def test_it_works(written: Document, amara: Person) -> None:
    """[ED69] The reading page shows prose, answers, the aim as a sentence, and tables."""
    page = as_(amara).get(address(written)).content.decode()
    assert "People wait <strong>too long</strong>." in page
    assert (
        "By 31 March 2026, going home the same day goes up from 21% to 30% for people with frailty." in page
    )
    assert "Ward sisters" in page
    assert "High" in page
    assert "6 of 120 words" in page
    assert "Nothing written yet." in page


def test_eve_gets_404(written: Document, eve: Person) -> None:
    assert as_(eve).get(address(written)).status_code == 404


def test_a_reader_reads(written: Document, dele: Person) -> None:
    """[PF24]"""
    make_supporter(written.proposal, dele, Supporter.READER)
    page = as_(dele).get(address(written)).content.decode()
    assert "People wait" in page
    assert "Go on writing" not in page


def test_whoever_is_not_invited_gets_403(written: Document, chandra: Person) -> None:
    """[PF24] [PF25] With whom to ask."""
    answer = as_(chandra).get(address(written))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Ask Amara Okafor or Ben Adeyemi to add you." in page
    assert "People wait" not in page


def test_raw_html_is_shown_as_text(written: Document, amara: Person) -> None:
    page = as_(amara).get(address(written)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Worried &lt;b&gt;" in page


def test_a_stage_without_a_document_is_not_found(document: Document, amara: Person) -> None:
    """[ED70] A stage that has no document yet has no page."""
    assert as_(amara).get(f"/proposals/{document.proposal.reference}/evaluation/text/").status_code == 404


def test_reading_opens_nothing(document: Document, ben: Person) -> None:
    assert as_(ben).get(address(document)).status_code == 200
    assert not Epoch.objects.exists()


def test_a_failed_scribe_shows_the_last_text(written: Document, amara: Person, settings: Settings) -> None:
    """[ED68] When the text cannot be read, the last one is shown, and the page says so."""
    as_(amara).get(address(written))
    epoch = Epoch.objects.get()
    Update.objects.create(epoch=epoch, seq=2, data=endless("r:people"), by=amara, at=epoch.opened_at)
    Epoch.objects.update(head=2)
    settings.ENGINE = {**settings.ENGINE, "SCRIBE_SECONDS": 1.0}
    for _ in range(2):
        answer = as_(amara).get(address(written))
        assert answer.status_code == 200
        assert "could not be brought up to date" in answer.content.decode()
        assert "People wait" in answer.content.decode()


def endless(root: str) -> bytes:
    """The published update that makes the library read for ever, aimed at one of our roots."""
    cases = json.loads((Path(__file__).parents[1] / "data/hostile_updates.json").read_text())["cases"]
    parts = next(case["hex"] for case in cases if case["id"] == "hang-3-updates")
    aimed = f"01{len(root):02x}{root.encode().hex()}"
    return merge_updates(*[bytes.fromhex(part.replace("010178", aimed)) for part in parts])


def test_what_the_route_does_not_ask_for(pair: Pair, amara: Person) -> None:
    """[ED86] Named in one sentence; what is written all the same is shown. Without a route, all is shown."""
    proposal = make_case(pair, Route.SHORT)
    document = proposal.documents.get(stage=Stage.BUSINESS_CASE)
    services.seed_content(document, Content(texts={"scope": "Only two wards."}))
    page = as_(amara).get(address(document)).content.decode()
    sentence = page[page.index("Not asked for on this route: ") :].split("</p>")[0]
    assert sentence.startswith("Not asked for on this route: Objectives; ")
    assert sentence.count(";") == 12
    assert 'id="section-objectives"' not in page
    assert "Only two wards." in page
    assert 'id="section-exec_summary"' in page
    Proposal.objects.update(route="")
    assert "Not asked for" not in as_(amara).get(address(document)).content.decode()


def test_a_wide_table_row_by_row(pair: Pair, amara: Person) -> None:
    """[ED87] Eleven columns of benefits under the name of each; a table of amounts stays one."""
    document = make_case(pair, Route.FULL).documents.get(stage=Stage.BUSINESS_CASE)
    benefit = {"id": "a", "number": "B1", "benefit": "People sleep at home", "value": "1000"}
    option = {"id": "b", "kind": "bau", "option": "As today"}
    services.seed_content(document, Content(registers={"benefits": [benefit], "options": [option]}))
    page = as_(amara).get(address(document)).content.decode()
    part = page[page.index('id="section-benefits"') : page.index('id="section-risks"')]
    assert '<h3 class="coprod-rows__name">B1 People sleep at home</h3>' in part
    assert "<dt>Worth in a full year</dt><dd>£1,000</dd>" in part
    assert part.count("<dt>") == 9
    assert "Not given" in part
    assert "<table" not in part
    assert "<table" in page[page.index('id="section-options"') :]
