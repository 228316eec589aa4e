"""Who may read but not write sees the live text, is told why, and cannot type."""

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk
from tests.moving import put_away
from workspaces.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "Frail people go home later than they need to."
WHY = "Only the pair, their deputies and their patient partner write here."


def test_a_reader_reads_live_and_cannot_type(two: tuple[Desk, Desk], reader: Desk) -> None:
    """[FE33] [PF4] Live, with the reason why not."""
    amara, _ben = two
    expect(reader.saved).to_have_text("Read only")
    expect(reader.page.locator(".coprod-saved-state__detail")).to_contain_text(WHY)
    amara.write("problem", HERS)
    reader.sees("problem", HERS)
    area = reader.area("problem")
    expect(area).to_have_attribute("aria-readonly", "true")
    area.click()
    reader.type("Let me in. ").press("Backspace", "Enter")
    assert reader.text("problem") == HERS
    expect(reader.section("problem").get_by_role("toolbar")).to_be_hidden()
    amara.type(" Now.")
    reader.sees("problem", f"{HERS} Now.")
    assert amara.text("problem") == f"{HERS} Now."


def test_a_reader_sees_tables_and_answers_live_without_controls(two: tuple[Desk, Desk], reader: Desk) -> None:
    """[FE48] The same as without script."""
    amara, _ben = two
    people = amara.section("people")
    people.get_by_role("button", name="Add a row").click()
    people.locator("[data-cell=who] textarea").fill("Ward sisters")
    people.locator("[data-cell=interest] select").select_option("High")
    expect(reader.section("people").get_by_role("row")).to_have_count(2)
    expect(reader.section("people")).to_contain_text("Ward sisters")
    expect(reader.section("people").locator("td", has_text="High")).to_be_visible()
    for part in (".coprod-form-fields", ".coprod-register"):
        for control in ("textbox", "combobox", "radio", "button"):
            expect(reader.page.locator(part).get_by_role(control)).to_have_count(0)


def test_who_is_not_invited_is_told_whom_to_ask(sit: Seat, dele: Person, document: Document) -> None:
    """[PF25] Where the text would be."""
    desk = sit(dele).go("editor", document.proposal.reference, document.stage)
    expect(desk.page.locator("main")).to_contain_text(
        "Drafts are seen only by the pair and the people they invite."
    )
    expect(desk.page.locator("main")).to_contain_text("Ask Amara Okafor or Ben Adeyemi to add you.")
    desk.forgive("403")


def test_a_reader_whose_invitation_ends_is_out_at_once(
    two: tuple[Desk, Desk], reader: Desk, document: Document
) -> None:
    """[PF28] Also from the open page, which says so."""
    amara, ben = two
    amara.write("problem", "Before.")
    reader.sees("problem", "Before.")
    ben.go("supporters", document.proposal.reference)
    ben.page.get_by_role("button", name="Remove Dele Ogun").click()
    expect(reader.page.get_by_role("heading", name="This page has stopped")).to_be_visible()
    amara.write("problem", " After.").expect_saved()
    assert reader.text("problem") == "Before."


def test_writing_ends_the_moment_the_right_to_write_does(two: tuple[Desk, Desk], document: Document) -> None:
    """[PF5] [FE39] Without loading the page again."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    put_away(document.proposal, "The ward has closed.", document.proposal.created_by)
    ben.go("withdrawal", document.proposal.reference)
    ben.page.get_by_label("Yes, withdraw it for good").check()
    ben.page.get_by_role("button", name="Send my answer").click()
    expect(amara.saved).to_have_text("Read only")
    amara.area("problem").click()
    amara.type("Too late.")
    assert amara.text("problem") == HERS
