"""Tables and single answers, filled in by two at once."""

from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desks import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Of two answers given at once, one is kept: that of the higher client id; a page draws its id from here.
DRAW = "(id) => { crypto.getRandomValues = (array) => array.fill(id); }"

AIM = "By 31 December 2026, going home the same day goes up from 21.5% to 30% for people aged 75 and over."


def add_row(desk: Desk) -> None:
    desk.section("people").get_by_role("button", name="Add a row").click()


def cell(desk: Desk, row: int, key: str) -> Locator:
    return desk.section("people").locator("tbody tr").nth(row).locator(f"[data-cell={key}]")


def words(desk: Desk, row: int, key: str) -> Locator:
    return cell(desk, row, key).locator("textarea")


def people_in(desk: Desk) -> set[str]:
    return {words(desk, row, "who").input_value() for row in (0, 1)}


def field(desk: Desk, key: str) -> Locator:
    return desk.section("aim").locator(f"[data-cell={key}]")


def test_both_fill_one_table_at_once(two: tuple[Desk, Desk]) -> None:
    """[FE45] [FE46] Letter by letter in two rows, and across."""
    amara, ben = two
    add_row(amara)
    expect(words(ben, 0, "who")).to_be_visible()
    add_row(ben)
    expect(words(amara, 1, "who")).to_be_visible()
    words(amara, 0, "who").focus()
    words(ben, 1, "who").focus()
    for hers, his in zip("Ward sisters", "Finance team", strict=True):
        amara.type(hers)
        ben.type(his)
    cell(amara, 1, "interest").locator("select").select_option("High")
    cell(ben, 0, "influence").locator("select").select_option("Low")
    for desk in two:
        expect(words(desk, 0, "who")).to_have_value("Ward sisters")
        expect(words(desk, 1, "who")).to_have_value("Finance team")
        expect(cell(desk, 1, "interest").locator("select")).to_have_value("high")
        expect(cell(desk, 0, "influence").locator("select")).to_have_value("low")
        desk.expect_saved()


def test_rows_that_both_add_without_seeing_each_other_are_both_kept(two: tuple[Desk, Desk]) -> None:
    """[FE46] One of them without network."""
    amara, ben = two
    amara.context.set_offline(True)
    add_row(amara)
    words(amara, 0, "who").fill("Ward sisters")
    add_row(ben)
    words(ben, 0, "who").fill("Finance team")
    ben.expect_saved()
    amara.context.set_offline(False)
    for desk in two:
        expect(desk.section("people").locator("tbody tr")).to_have_count(2)
        desk.eventually(partial(people_in, desk), {"Ward sisters", "Finance team"}.__eq__)


def test_a_removed_row_can_be_put_back(two: tuple[Desk, Desk]) -> None:
    """[FE46] The way back has the focus, because the row that had it is gone."""
    amara, ben = two
    add_row(amara)
    words(amara, 0, "who").fill("Ward sisters")
    expect(words(ben, 0, "who")).to_have_value("Ward sisters")
    ben.section("people").get_by_role("button", name="Remove").click()
    expect(amara.section("people").get_by_text("No rows yet.")).to_be_visible()
    back = ben.section("people").get_by_role("button", name="Put it back")
    expect(back).to_be_focused()
    back.click()
    expect(words(amara, 0, "who")).to_have_value("Ward sisters")


def test_who_is_still_typing_hears_that_the_cell_has_changed(two: tuple[Desk, Desk]) -> None:
    """[FE45] What is being typed is not replaced."""
    amara, ben = two
    add_row(amara)
    expect(words(ben, 0, "who")).to_be_visible()
    words(ben, 0, "who").fill("Finance team")
    words(amara, 0, "who").focus()
    amara.type("W")
    ben.press("Tab")
    notice = cell(amara, 0, "who").get_by_text("Ben Adeyemi changed “Who” to “Finance team”")
    amara.eventually(lambda: amara.type("a") and notice.count(), bool)
    expect(notice).to_contain_text("while you were writing in it. Yours is shown.")
    cell(amara, 0, "who").get_by_role("button", name="Use theirs").click()
    for desk in two:
        expect(words(desk, 0, "who")).to_have_value("Finance team")


@pytest.mark.parametrize("offline_wins", [False, True])
def test_the_loser_of_a_cell_is_told_and_can_put_theirs_back(
    two: tuple[Desk, Desk], offline_wins: bool
) -> None:
    """[FE45] Whoever of the two it is, and whether or not theirs was saved already."""
    amara, ben = two
    ids = (4_000_000_000, 1_000) if offline_wins else (1_000, 4_000_000_000)
    for desk, client in zip(two, ids, strict=True):
        desk.context.add_init_script(f"({DRAW})({client})")
        desk.page.reload()
        expect(desk.saved).to_have_text("Saved")
    add_row(amara)
    expect(words(ben, 0, "response")).to_be_visible()
    amara.expect_saved()
    amara.context.set_offline(True)
    words(amara, 0, "response").fill("Meet them weekly")
    words(ben, 0, "response").fill("Write to them")
    ben.expect_saved()
    amara.context.set_offline(False)
    amara.expect_saved()
    winner, loser = (amara, ben) if offline_wins else (ben, amara)
    kept, lost = (
        ("Meet them weekly", "Write to them") if offline_wins else ("Write to them", "Meet them weekly")
    )
    expect(words(loser, 0, "response")).to_have_value(kept)
    notice = cell(loser, 0, "response")
    expect(notice).to_contain_text(f"changed “What we did or plan” to “{kept}”. You had “{lost}”.")
    notice.get_by_role("button", name="Put mine back").click()
    expect(words(winner, 0, "response")).to_have_value(lost)


def test_the_aim_becomes_a_sentence_for_both(two: tuple[Desk, Desk]) -> None:
    """[FE47] From the answers of both."""
    amara, ben = two
    field(amara, "population").locator("textarea").fill("People aged 75 and over")
    field(ben, "measure").locator("textarea").fill("Going home the same day")
    field(amara, "direction").get_by_text("Up").click()
    field(ben, "from").locator("textarea").fill("21.5%")
    field(amara, "to").locator("textarea").fill("30%")
    field(ben, "by").locator("input").fill("2026-12-31")
    wanted = (
        "By 31 December 2026, going home the same day goes up from 21.5% to 30% for people aged 75 and over."
    )
    for desk in two:
        expect(desk.section("aim").locator("[data-sentence]")).to_have_text(wanted)
        expect(field(desk, "direction").get_by_label("Up")).to_be_checked()
