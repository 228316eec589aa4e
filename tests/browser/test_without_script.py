"""A browser that runs no scripts: everything but live writing works, by pages and forms alone."""

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document, Proposal
from tests.browser.conftest import Seat
from tests.people import PASSWORD
from tests.proposals import concept_template
from workspaces.models import Person, Workspace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_editor_shows_the_text_as_last_saved(sit: Seat, amara: Person, document: Document) -> None:
    """[FE48] And no control that does nothing."""
    desk = sit(amara).open(document)
    desk.write("problem", "Frail people wait.").press("Enter").type("- Why?").expect_saved()
    desk = sit(amara, java_script_enabled=False)
    desk.go("editor", document.proposal.reference, document.stage)
    problem = desk.section("problem")
    expect(problem.locator("p", has_text="Frail people wait.")).to_be_visible()
    expect(problem.get_by_role("listitem").filter(has_text="Why?")).to_be_visible()
    expect(desk.page.locator(".coprod-saved-state")).to_contain_text(
        "To write, use a browser with scripts on."
    )
    expect(desk.page.get_by_role("button")).to_have_text(["Sign out"])


def test_a_proposal_is_begun_and_accepted_by_forms(sit: Seat, ben: Person, workspace: Workspace) -> None:
    concept_template()
    plain = sit(java_script_enabled=False)
    plain.go("board")
    plain.page.get_by_role("textbox", name="Email").fill("amara@marlbeck.example")
    plain.page.get_by_role("textbox", name="Password").fill(PASSWORD)
    plain.page.get_by_role("button", name="Sign in").click()
    plain.page.get_by_role("link", name="New proposal").first.click()
    plain.page.get_by_label("Title").fill("Home before dark")
    plain.page.get_by_label("Ben Adeyemi").check()
    plain.page.get_by_role("button", name="Begin the proposal").click()
    expect(plain.page.get_by_role("heading", name="Home before dark", level=1)).to_be_visible()

    his = sit(ben, java_script_enabled=False).go("board")
    his.page.get_by_role("link", name="Home before dark").first.click()
    his.page.get_by_role("button", name="Answer").click()
    his.page.get_by_label("Yes").check()
    his.page.get_by_role("button", name="Send my answer").click()
    proposal = Proposal.objects.get(title="Home before dark")
    assert proposal.pair.stands
