"""Words that are commented on while people write in them, remove them, bring them back and hand them in."""

import re

import pytest
from playwright.sync_api import expect

from proposals.editing.services import freeze, thaw
from proposals.portfolio.models import Document
from tests.browser.desks import Desk
from tests.browser.margin import ASKED, HERS, WORDS, cards, comment, expect_marked, select

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_on_words_that_are_being_typed_into(two: tuple[Desk, Desk], reader: Desk) -> None:
    """[FE72] Comment while somebody types in the very sentence; the words go on being those."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    reader.sees("problem", HERS)
    amara.press("Home")
    for letter in "Today, in our town, the ":
        amara.type(letter)
    comment(reader, "problem", WORDS, body=ASKED)
    select(amara, "problem", "four")
    amara.press("ArrowRight").type(" or five")
    expect_marked("wait four or five hours", amara, ben, reader)
    amara.press("Enter")
    expect_marked("wait four or five hours", amara, ben, reader)
    amara.tool("problem", "Heading").click()
    select(ben, "problem", "hours")
    ben.press("Control+b")
    expect_marked("wait four or five hours", amara, ben, reader)
    ben.press("End").type(" Not more.")
    expect_marked("wait four or five hours", amara, ben, reader)


def test_words_that_go_leave_their_thread_and_come_back(two: tuple[Desk, Desk], reader: Desk) -> None:
    """[FE73] Deleted: it stays above, with the words. Undone: it returns, for everybody."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    reader.sees("problem", HERS)
    comment(reader, "problem", WORDS, body=ASKED)
    expect(cards(amara, "problem")).to_contain_text(ASKED)
    amara.page.wait_for_timeout(600)  # or the deletion and the typing would be undone together
    select(amara, "problem", WORDS)
    amara.press("Backspace")
    for desk in (amara, ben, reader):
        expect(cards(desk, "problem").locator(".coprod-thread__lost")).to_contain_text(WORDS)
        expect(cards(desk, "problem")).to_contain_text(ASKED)
    amara.press("Control+z")
    expect_marked(WORDS, amara, ben, reader)
    for desk in (amara, ben, reader):
        expect(cards(desk, "problem").locator(".coprod-thread__lost")).to_be_hidden()


def test_cut_and_pasted_words_take_their_thread_along(two: tuple[Desk, Desk]) -> None:
    """[FE73] A sentence put elsewhere in its section; there is one thread still."""
    amara, ben = two
    amara.write("problem", HERS).press("Enter").type("At night: ").expect_saved()
    ben.sees("problem", "At night")
    comment(ben, "problem", WORDS, body=ASKED)
    expect(cards(amara, "problem")).to_contain_text(ASKED)
    amara.enter("problem").press("Control+Home", "Shift+End")
    amara.press("Control+x")
    for desk in (amara, ben):
        expect(cards(desk, "problem").locator(".coprod-thread__lost")).to_contain_text(WORDS)
    amara.press("Control+End")
    amara.press("Control+v")
    amara.sees("problem", f"At night: {HERS}")
    expect_marked(WORDS, amara, ben)
    expect(cards(amara, "problem")).to_have_count(1)


def test_a_lost_thread_is_put_on_other_words(two: tuple[Desk, Desk]) -> None:
    """[FE73] By whoever sees where it belongs."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    ben.sees("problem", HERS)
    comment(ben, "problem", WORDS, body=ASKED)
    expect(cards(amara, "problem")).to_contain_text(ASKED)
    select(amara, "problem", WORDS)
    amara.press("Backspace").expect_saved()
    card = cards(amara, "problem")
    card.get_by_role("button", name="Ben Adeyemi").click()
    select(amara, "problem", "Older people")
    card.get_by_role("button", name="Attach to selection").click()
    expect_marked("Older people", amara, ben)


def test_words_that_changed_are_said_to_have(two: tuple[Desk, Desk], reader: Desk) -> None:
    """[FE72] What was written stays in the box."""
    amara, _ben = two
    amara.write("problem", HERS).expect_saved()
    reader.sees("problem", HERS)
    select(reader, "problem", WORDS)
    reader.press("Control+Alt+m").type(ASKED)
    select(amara, "problem", WORDS)
    amara.press("Backspace").expect_saved()
    reader.eventually(lambda: reader.text("problem"), lambda text: WORDS not in text)
    reader.section("problem").get_by_role("button", name="Add comment").click()
    expect(reader.section("problem").get_by_role("alert")).to_contain_text(re.compile("no longer there"))
    expect(reader.section("problem").get_by_label("Your comment")).to_have_value(ASKED)
    select(reader, "problem", "Older people")
    reader.section("problem").get_by_role("button", name="Add a comment").click()
    reader.section("problem").get_by_role("button", name="Add comment").click()
    expect_marked("Older people", amara)


def test_threads_go_through_a_freeze_and_a_return(
    two: tuple[Desk, Desk], reader: Desk, document: Document
) -> None:
    """[FE83] Those of the draft and those of the frozen text, each on its own words."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    reader.sees("problem", HERS)
    comment(reader, "problem", WORDS, body=ASKED)
    for desk in two:
        expect(cards(desk, "problem")).to_contain_text(ASKED)
    freeze(document, by=None)
    for desk in (amara, ben, reader):
        expect(desk.saved).to_have_text("Read only")
    comment(reader, "problem", "front door", body="Which one?")
    thaw(document, by=None)
    for desk in (amara, ben, reader):
        desk.open(document)
        expect(cards(desk, "problem")).to_have_count(2)
    expect_marked(f"{WORDS}front door", amara, ben, reader)
    ben.enter("problem").press("Home").type("Today, in our town: ").expect_saved()
    expect_marked(f"{WORDS}front door", amara, ben, reader)
    select(amara, "problem", "front door")
    amara.press("Backspace")
    for desk in (amara, ben, reader):
        expect(cards(desk, "problem").locator(".coprod-thread__lost:visible")).to_contain_text("front door")
    expect_marked(WORDS, amara, ben, reader)
