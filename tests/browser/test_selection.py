"""A key and the selection it is meant for, so close to each other that no event comes between them."""

import pytest
from playwright.sync_api import expect

from tests.browser.desks import Desk
from tests.browser.margin import cards, comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "Older people wait four hours at the front door."
# Select words, or a place behind them, and press a key or a button in the same task.
AT_ONCE = """(area, { words, key, tool, behind }) => {
  const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && !node.data.includes(words)) node = walker.nextNode();
  const at = node.data.indexOf(words);
  const end = at + words.length;
  area.focus();
  getSelection().setBaseAndExtent(node, behind ? end : at, node, end);
  const init = { bubbles: true, cancelable: true, ctrlKey: true, ...key };
  if (key) area.dispatchEvent(new KeyboardEvent("keydown", init));
  else area.closest(".coprod-section").querySelector(tool).click();
}"""
BOLD = {"key": "b", "keyCode": 66}
LINK = {"key": "k", "keyCode": 75}
COMMENT = {"key": "m", "code": "KeyM", "keyCode": 77, "altKey": True}
BREAK = {"key": "Enter", "keyCode": 13, "ctrlKey": False}


def at_once(desk: Desk, words: str, **how: object) -> None:
    desk.area("problem").evaluate(AT_ONCE, {"words": words, **how})


def test_keys_and_buttons_act_on_what_is_selected_now(two: tuple[Desk, Desk]) -> None:
    """[FE68] Marks, a new line, links and comments, none of them where the caret was before."""
    amara, _ben = two
    amara.write("problem", HERS).expect_saved()
    text = amara.area("problem")
    at_once(amara, "four", key=BOLD)
    expect(text.locator("strong")).to_have_text("four")
    at_once(amara, "Older", tool=".coprod-toolbar__button--italic")
    expect(text.locator("em")).to_have_text("Older")
    at_once(amara, "front door", key=LINK)
    amara.type("www.nhs.uk").press("Enter")
    expect(text.locator("a")).to_have_text("front door")
    at_once(amara, "hours", key=BREAK, behind=True)
    amara.eventually(lambda: amara.text("problem").splitlines()[-1], " at the front door.".__eq__)
    at_once(amara, "people", key=COMMENT)
    about = amara.section("problem").locator(".coprod-compose__about")
    expect(about).to_have_text("About “people”")
    at_once(amara, "wait", tool=".coprod-toolbar__button--worded[aria-label^=Comment]")
    expect(about).to_have_text("About “wait”")
    at_once(amara, "door", tool=".coprod-threads__bar button:last-child")
    expect(about).to_have_text("About “door”")


def test_a_selection_made_with_the_focus_lasts(two: tuple[Desk, Desk]) -> None:
    """[FE68] Also when the page is busy right then, and the browser tells of it late."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    ben.sees("problem", HERS)
    busy = AT_ONCE.removesuffix("}") + "const last = Date.now() + 300; while (Date.now() < last);}"
    ben.area("problem").evaluate(busy, {"words": "four", "key": {"key": "Shift", "keyCode": 16}})
    ben.page.wait_for_timeout(100)
    assert ben.page.evaluate("getSelection().toString()") == "four"
    ben.press("Control+b")
    expect(ben.area("problem").locator("strong")).to_have_text("four")


def test_news_in_the_margin_takes_no_selection_away(two: tuple[Desk, Desk]) -> None:
    """[FE68] Marks are drawn anew in the very task in which somebody selects."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    ben.sees("problem", HERS)
    comment(ben, "problem", "front door", body="Which one?")
    expect(cards(amara, "problem")).to_have_count(1)
    at_once(amara, "four", tool=".coprod-thread__open")
    amara.eventually(lambda: amara.page.evaluate("getSelection().toString()"), "four".__eq__)
    amara.press("Control+b")
    expect(amara.area("problem").locator("strong")).to_have_text("four")
