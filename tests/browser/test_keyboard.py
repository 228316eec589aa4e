"""Without a mouse: from the sign-in page to a formatted sentence that the colleague reads."""

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk
from tests.people import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = """() => {
  const { activeElement: at } = document;
  const label = at.labels?.[0]?.textContent ?? at.getAttribute("aria-label") ?? at.textContent;
  const named = document.getElementById(at.getAttribute("aria-labelledby"));
  const name = (named?.textContent ?? label).replace(/\\s+/g, " ").trim();
  return `${at.role ?? at.localName} ${name}`;
}"""
ALIVE = """() => {
  const at = document.activeElement.getBoundingClientRect();
  return at.width > 0 && at.height > 0 && at.bottom > 0 && at.top < innerHeight;
}"""
FAR = 80


def tab_to(desk: Desk, name: str, *, key: str = "Tab") -> None:
    """Press Tab until the element of that name has the focus; each stop on the way can be seen."""
    passed: list[str] = []
    for _ in range(FAR):
        desk.press(key)
        assert desk.page.evaluate(ALIVE), f"The focus is out of sight after {passed[-3:]}"
        passed.append(desk.page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
    raise AssertionError(f"Tab does not lead to {name!r}, but to {passed}")


def test_sign_in_write_and_format_without_a_mouse(sit: Seat, cast: Cast, document: Document) -> None:
    """[FE40] [FE41] Every stop on the way can be seen, and the Tab key is never caught in the text."""
    ben = sit(cast.ben).open(document)
    desk = sit()
    desk.go("board")
    tab_to(desk, "input Email address")
    desk.type("amara@marlbeck.example")
    tab_to(desk, "input Password")
    desk.type(PASSWORD).press("Enter")
    expect(desk.page.get_by_role("heading", name="Board")).to_be_visible()
    tab_to(desk, f"a {document.proposal.title}")
    desk.press("Enter")
    expect(desk.page.get_by_role("heading", name=document.proposal.title)).to_be_visible()
    tab_to(desk, "button Write the concept")
    desk.press("Enter")
    expect(desk.area("problem")).to_be_visible()
    tab_to(desk, "textbox In a few words")
    desk.type("Nobody waits")
    ben.sees("summary", "Nobody waits")
    desk.press("Tab", "ArrowRight", "ArrowLeft", "Enter")
    ben.eventually(lambda: ben.blocks("summary"), lambda seen: seen == [("h3", "Nobody waits")])
    desk.press("Tab", "Escape").type(" at night")
    ben.sees("summary", "Nobody waits at night")
    tab_to(desk, "textbox The problem")
    tab_to(desk, "textbox In a few words", key="Shift+Tab")


def test_the_skip_link_leads_past_the_header(sit: Seat, cast: Cast, document: Document) -> None:
    """[FE50] In the editor as well."""
    desk = sit(cast.amara).open(document)
    desk.press("Tab")
    assert desk.page.evaluate(FOCUSED) == "a Skip to main content"
    desk.press("Enter")
    expect(desk.page.locator("main")).to_be_focused()
