"""What the browser's own guard says: nothing we do breaks the content policy or the rule of Trusted Types."""

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk
from tests.protocol.server import ROOT
from workspaces.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIXTURES = ROOT / "frontend/editor/fixtures"
ATTACKS = {
    "style": "() => document.body.setAttribute('style', 'color: red')",
    "image": "() => { new Image().src = 'https://evil.example/'; }",
    "html": "() => { try { document.body.innerHTML = '<p>'; } catch { /* as it should be */ } }",
}


@pytest.mark.parametrize("attack", list(ATTACKS))
def test_the_guard_is_awake(sit: Seat, amara: Person, attack: str) -> None:
    desk = sit(amara).go("board")
    desk.page.evaluate(ATTACKS[attack])
    desk.eventually(lambda: len(desk.complaints), bool)
    assert any("Content Security Policy" in each or "TrustedHTML" in each for each in desk.complaints)
    desk.complaints.clear()


def test_an_attack_by_paste_is_stopped(sit: Seat, amara: Person, document: Document) -> None:
    """[FE16] The mail carries a script, left out, and a picture that would run one, stopped."""
    desk = sit(amara).open(document)
    desk.page.on("dialog", lambda dialog: desk.complaints.append(dialog.message))
    desk.paste("problem", "", html=(FIXTURES / "outlook-mail.html").read_text())
    desk.sees("problem", "Please read")
    assert all("event handler" in each or "script-src-attr" in each for each in desk.complaints)
    assert desk.area("problem").locator("img, script").count() == 0
    desk.complaints.clear()


def test_a_whole_visit_breaks_no_rule(two: tuple[Desk, Desk], document: Document) -> None:
    """[FE19] [FE58] [FE66] Paste from Word, writing, formatting, tables, reading, signing out."""
    amara, ben = two
    for name in ("word-list.html", "word-web.html"):
        amara.paste("problem", "", html=(FIXTURES / name).read_text())
    ben.write("baseline", "See").press("Control+k").type("www.nhs.uk").press("Enter")
    for tool in ("Heading", "Bullets", "Indent", "Quote", "Bold", "Undo", "Redo"):
        ben.tool("baseline", tool).click()
    ben.section("people").get_by_role("button", name="Add a row").click()
    ben.section("people").locator("[data-cell=who] textarea").fill("Ward sisters")
    expect(amara.section("people").locator("[data-cell=who] textarea")).to_have_value("Ward sisters")
    amara.expect_saved()
    amara.page.get_by_role("link", name="Read and print").click()
    expect(amara.page.get_by_role("heading", name="The problem")).to_be_visible()
    for page in ("board", "proposal_new"):
        amara.go(page)
    amara.go("proposal", document.proposal.reference)
    amara.go("workspace", document.proposal.workspace.slug)
    amara.page.get_by_role("button", name="Sign out").click()
    expect(amara.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert amara.complaints + ben.complaints == []
