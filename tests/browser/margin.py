"""What people do in the margin of the editor page, by selection and key, and what they see there."""

from functools import partial

from playwright.sync_api import Locator, expect

from tests.browser.desks import Desk

HERS = "Older people wait four hours at the front door."
WORDS = "wait four hours"
ASKED = "Is that so at weekends too?"
SELECT = """(area, words) => {
  const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    area.focus();
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return true;
  }
  return false;
}"""


def select(desk: Desk, key: str, words: str) -> None:
    assert desk.area(key).evaluate(SELECT, words)


def comment(desk: Desk, key: str, words: str, *, body: str, kind: str = "Comment") -> None:
    """Select words, write about them and send it."""
    select(desk, key, words)
    desk.press("Control+Alt+m")
    box = desk.section(key).get_by_label("Your comment")
    expect(box).to_be_focused()
    box.fill(body)
    desk.section(key).get_by_label("This is a").select_option(kind)
    desk.section(key).get_by_role("button", name="Add comment").click()
    expect(box).to_have_count(0)


def cards(desk: Desk, key: str) -> Locator:
    return desk.section(key).locator(".coprod-thread:not(.coprod-compose)")


def marked(desk: Desk, key: str) -> str:
    """The words of threads as they are marked in the text."""
    return "".join(desk.area(key).locator(".coprod-anchor").all_text_contents())


def expect_marked(words: str, *desks: Desk) -> None:
    for desk in desks:
        desk.eventually(partial(marked, desk, "problem"), words.__eq__)
