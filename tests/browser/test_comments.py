"""Talking in the margin: two who write and one who reads."""

import re

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk
from tests.browser.margin import ASKED, HERS, WORDS, cards, comment, expect_marked, marked, select
from tests.browser.test_axe import expect_clean
from workspaces.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTIVE = re.compile("coprod-thread--active")
EDGES = "element => element.getBoundingClientRect().toJSON()"


def test_a_reader_asks_and_the_pair_answers(two: tuple[Desk, Desk], reader: Desk) -> None:
    """[FE70] [FE71] [FE74] [FE76] Live, from a selection to the resolution, each by whoever may."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    reader.sees("problem", HERS)
    comment(reader, "problem", WORDS, body=ASKED, kind="Question")
    for desk in (amara, ben):
        expect(cards(desk, "problem")).to_contain_text(ASKED)
        expect(cards(desk, "problem")).to_contain_text("Dele Ogun")
        assert marked(desk, "problem") == WORDS
    card = cards(ben, "problem")
    card.get_by_role("button", name="Dele Ogun").click()
    expect(card).to_contain_text("Only Dele Ogun, who asked, can resolve this. You can answer it.")
    expect(card.get_by_role("button", name="Resolve")).to_be_hidden()
    card.get_by_label("Your reply").fill("Saturdays, **five** hours.")
    card.get_by_role("button", name="Answer").click()
    asked = cards(reader, "problem")
    expect(asked.locator("strong", has_text="five")).to_be_visible()
    expect(asked).to_contain_text("Answered")
    asked.get_by_role("button", name="Dele Ogun").click()
    asked.get_by_role("button", name="Resolve").click()
    for desk in (amara, ben, reader):
        expect(cards(desk, "problem")).to_have_count(0)
    expect_marked("", amara, ben, reader)
    amara.page.get_by_label("Which comments to show").select_option("all")
    expect(cards(amara, "problem")).to_contain_text("Resolved")


def test_what_is_half_written_stays(two: tuple[Desk, Desk]) -> None:
    """[FE75] Through other people's edits, news and a reload; until it is sent or discarded."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    ben.sees("problem", HERS)
    comment(ben, "problem", "front door", body="Which one?")
    select(amara, "problem", WORDS)
    amara.press("Control+Alt+m")
    box = amara.section("problem").get_by_label("Your comment")
    amara.type("Half a ")
    ben.write("problem", " More.")
    comment(ben, "problem", "More", body="Is there?")
    expect(cards(amara, "problem")).to_have_count(2)
    expect(box).to_be_focused()
    amara.type("sentence")
    expect(box).to_have_value("Half a sentence")
    amara.expect_saved().page.reload()
    expect(amara.area("problem")).to_be_visible()
    expect(box).to_have_value("Half a sentence")
    expect(amara.section("problem").locator(".coprod-compose__about")).to_contain_text(WORDS)
    amara.section("problem").get_by_role("button", name="Add comment").click()
    expect(cards(ben, "problem")).to_have_count(3)
    amara.page.reload()
    expect(cards(amara, "problem")).to_have_count(3)
    expect(box).to_have_count(0)


def test_from_the_words_to_the_thread_and_back_by_keyboard(two: tuple[Desk, Desk]) -> None:
    """[FE77] Control, Alt and M among the words; Escape back to them."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    ben.sees("problem", HERS)
    comment(ben, "problem", WORDS, body=ASKED)
    expect(cards(amara, "problem")).to_contain_text(ASKED)
    select(amara, "problem", "four")
    amara.press("ArrowRight", "Control+Alt+m")
    opener = cards(amara, "problem").get_by_role("button", name="Ben Adeyemi")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "true")
    amara.press("Escape").type("teen")
    amara.sees("problem", "wait fourteen hours")
    amara.section("problem").get_by_role("button", name="Comments in this section (1)").click()
    expect(opener).to_be_focused()
    amara.press("Escape")
    expect(amara.area("problem")).to_be_focused()


def test_a_card_that_is_opened_stays_in_view(two: tuple[Desk, Desk]) -> None:
    """[FE78] Where many stand before it, too; and on paper no mark leads nowhere."""
    amara, _ben = two
    amara.write("problem", HERS).expect_saved()
    comment(amara, "problem", WORDS, body=ASKED)
    amara.write("baseline", "Second line.").expect_saved()
    for number in range(9):
        comment(amara, "problem", "front door", body=f"Number {number}")
    comment(amara, "baseline", "Second line", body="The last one.")
    last = cards(amara, "baseline")
    amara.page.mouse.click(5, 5)
    amara.page.reload()
    last.get_by_text("The last one.").click()
    expect(last.get_by_label("Your reply")).to_be_visible()
    amara.page.wait_for_timeout(500)
    expect(last.get_by_role("button", name="Amara Okafor")).to_be_in_viewport()
    amara.page.emulate_media(media="print")
    expect(amara.area("baseline").locator(".coprod-anchor")).to_have_css("border-bottom-width", "0px")


def test_many_threads_under_the_text_are_folded(two: tuple[Desk, Desk]) -> None:
    """[FE100] On a phone the next section is not thirty cards away; words lead to theirs."""
    amara, _ben = two
    amara.write("problem", HERS).expect_saved()
    for words in [*["Older people"] * 7, "front door"]:
        comment(amara, "problem", words, body=f"On {words}")
    amara.expect_saved().page.reload()
    more = amara.section("problem").get_by_role("button", name="Show all 8 comments")
    expect(cards(amara, "problem").filter(visible=True)).to_have_count(8)
    expect(more).to_be_hidden()
    amara.page.set_viewport_size({"width": 320, "height": 800})
    expect(cards(amara, "problem").filter(visible=True)).to_have_count(5)
    select(amara, "problem", "door")
    amara.press("ArrowRight", "ArrowLeft", "Control+Alt+m")
    expect(cards(amara, "problem").filter(visible=True).last).to_have_class(ACTIVE)
    expect(cards(amara, "problem").filter(visible=True)).to_have_count(6)
    more.focus()
    amara.press("Enter")
    expect(cards(amara, "problem").filter(visible=True)).to_have_count(8)
    expect_clean(amara)


def test_threads_stand_level_with_their_words(two: tuple[Desk, Desk]) -> None:
    """[FE78] [FE86] Beside them on a wide page, also while somebody types above; under it on a phone.
    Cards that are not in use are left alone by the browser while they are out of view."""
    amara, ben = two
    amara.write("baseline", "First.").press("Enter").type("Second line.").press("Enter").type(HERS)
    amara.expect_saved()
    ben.sees("baseline", HERS)
    comment(ben, "baseline", "Second line", body="One.")
    comment(ben, "baseline", WORDS, body="Two.")
    expect(cards(amara, "baseline")).to_have_count(2)
    amara.page.mouse.click(5, 5)
    expect(cards(amara, "baseline").first).to_have_css("content-visibility", "auto")

    def apart() -> list[float]:
        one, two = (card.evaluate(EDGES) for card in cards(amara, "baseline").all())
        words = amara.area("baseline").locator(".coprod-anchor").first.evaluate(EDGES)
        return [abs(one["top"] - words["top"]), two["top"] - one["bottom"]]

    def level(gaps: list[float]) -> bool:
        return gaps[0] < 30 and gaps[1] >= 0

    amara.eventually(apart, level)
    ben.enter("baseline").press("Control+Home")
    for _ in range(6):
        ben.press("Enter")
    amara.eventually(apart, level)
    amara.page.set_viewport_size({"width": 390, "height": 800})
    above = amara.section("baseline").locator(".coprod-threads__bar").evaluate(EDGES)["bottom"]
    amara.eventually(lambda: cards(amara, "baseline").first.evaluate(EDGES)["top"], lambda top: top >= above)


def test_the_margin_is_clean(two: tuple[Desk, Desk]) -> None:
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    ben.sees("problem", HERS)
    comment(ben, "problem", WORDS, body="See https://www.nhs.uk/", kind="Question")
    cards(amara, "problem").get_by_role("button", name="Ben Adeyemi").click()
    select(amara, "problem", "Older")
    amara.press("Control+Alt+m")
    expect_clean(amara)
    cards(ben, "problem").get_by_role("button", name="Ben Adeyemi").click()
    cards(ben, "problem").get_by_role("button", name="Delete").click()
    expect_clean(ben)


def test_without_script_the_page_leads_to_the_threads(sit: Seat, amara: Person, document: Document) -> None:
    """[FE79] On pages of their own."""
    desk = sit(amara, java_script_enabled=False).go("editor", document.proposal.reference, document.stage)
    expect(desk.page.get_by_role("button", name="Add a comment")).to_have_count(0)
    desk.page.get_by_role("link", name="All comments on one page").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("Comments")
