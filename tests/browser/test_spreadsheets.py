"""Cells from a spreadsheet in a table that two people have before them, and the tree that is drawn of one."""

import re
from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from proposals.portfolio.models import Document, Section
from tests.browser.conftest import Seat
from tests.browser.desks import PASTE, Desk
from tests.browser.test_axe import expect_clean
from tests.people import Cast
from tests.protocol.server import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COPIED = {
    "html": (ROOT / "frontend/editor/fixtures/excel-cells.html").read_text(),
    "plain": (ROOT / "frontend/editor/fixtures/excel-cells.tsv").read_text(),
}
PLAN = [
    {"key": "what", "label": "Milestone", "hint": "", "kind": "text"},
    {"key": "by", "label": "By when", "hint": "", "kind": "date"},
    {"key": "cost", "label": "Cost", "hint": "", "kind": "money"},
    {"key": "share", "label": "Share", "hint": "", "kind": "percent"},
    {"key": "signed", "label": "Signed", "hint": "", "kind": "yesno"},
    {"key": "note", "label": "What it means", "hint": "", "kind": "longtext"},
]
TREE = [
    {"key": key, "label": label, "hint": "", "kind": "text"}
    for key, label in (("driver", "Driver"), ("part", "What it is made of"), ("idea", "Idea to try"))
]


@pytest.fixture
def plan(document: Document, sit: Seat, cast: Cast) -> tuple[Desk, Desk]:
    """Amara and Ben before a table of six columns and at most fifteen rows, and one that is drawn."""
    sections = Section.objects.filter(template=document.template)
    sections.filter(key="people").update(columns=PLAN, max_rows=15, drawing="")
    sections.filter(key="drivers").update(columns=TREE, drawing="tree")
    return sit(cast.amara).open(document), sit(cast.ben).open(document)


def rows(desk: Desk, key: str = "people") -> Locator:
    return desk.section(key).locator("tbody .coprod-register__row")


def cell(desk: Desk, row: int, key: str) -> Locator:
    place = rows(desk).nth(row).locator(f"[data-cell={key}]")
    return place.locator("input, textarea, select")


def add(desk: Desk, key: str = "people") -> None:
    desk.section(key).get_by_role("button", name="Add a row").click()


def paste(desk: Desk, row: int, key: str, **copied: str) -> None:
    cell(desk, row, key).focus()
    cell(desk, row, key).evaluate(PASTE, {"html": "", **copied})


def first_column(desk: Desk) -> list[str]:
    return [box.input_value() for box in rows(desk).locator("[data-cell=what] textarea").all()]


def test_twelve_rows_of_excel_while_the_colleague_types(plan: tuple[Desk, Desk]) -> None:
    """[FE90] [FE91] [FE92] [FE94] One edit for both, one step back that leaves the colleague's words."""
    amara, ben = plan
    add(ben)
    add(amara)
    expect(rows(ben)).to_have_count(2)
    cell(ben, 0, "note").focus()
    ben.type("Ben is ")
    paste(amara, 1, "what", **COPIED)
    ben.type("writing")
    notice = amara.section("people").locator(".coprod-register__notice")
    expect(notice).to_contain_text("Pasted 12 rows of 6 cells. 11 rows added.")
    for desk in plan:
        expect(rows(desk)).to_have_count(13)
        expect(cell(desk, 2, "what")).to_have_value('Seen by a "front door" team\nwithin 14 hours')
        expect(cell(desk, 2, "by")).to_have_value("2027-06-30")
        expect(cell(desk, 5, "cost")).to_have_value("-4500")
        expect(cell(desk, 8, "signed")).to_have_value("yes")
        expect(cell(desk, 0, "note")).to_have_value("Ben is writing")
    expect(cell(ben, 0, "note")).to_be_focused()
    cell(ben, 2, "note").fill("Mine")
    ben.expect_saved()
    expect(cell(amara, 2, "note")).to_have_value("Mine")
    cell(amara, 1, "what").focus()
    amara.press("Control+z")
    expect(notice).to_contain_text("Taken back, but for 1 cell changed since.")
    for desk in plan:
        expect(rows(desk)).to_have_count(3)
        expect(cell(desk, 2, "note")).to_have_value("Mine")


def test_what_does_not_fit_is_refused_whole(plan: tuple[Desk, Desk]) -> None:
    """[FE93] [FE97] In words; nobody sees half of it."""
    amara, ben = plan
    for _ in range(5):
        add(amara)
    paste(amara, 4, "what", **COPIED)
    notice = amara.section("people").locator(".coprod-register__notice")
    expect(notice).to_contain_text("The table would have 16, and can have 15. Nothing was pasted.")
    paste(amara, 0, "cost", **COPIED)
    expect(notice).to_contain_text(
        "You copied 6 columns, and from this cell on there are 4. Nothing was pasted."
    )
    paste(amara, 0, "what", plain="Review\tin spring")
    expect(notice).to_contain_text("“in spring” for “By when”, which is not a day")
    amara.expect_saved()
    for desk in plan:
        expect(rows(desk)).to_have_count(5)
        desk.eventually(partial(first_column, desk), lambda words: not any(words))
    paste(amara, 3, "what", **COPIED)
    expect(rows(ben)).to_have_count(15)
    expect(amara.section("people").get_by_role("button", name="Add a row")).to_be_disabled()
    expect(amara.section("people").locator(".coprod-register__full")).to_contain_text("can have 15 rows")


def test_the_tree_grows_for_both_and_the_page_stays_clean(plan: tuple[Desk, Desk]) -> None:
    """[FE98] [FE99] At both widths, with a filled table, the tree and what is missing."""
    amara, ben = plan
    add(amara, "drivers")
    box = rows(amara, "drivers").nth(0).locator("textarea")
    box.first.focus()
    first = "Seen early\tTherapist at the door\tRota from 8 am\n"
    plain = f"{first}Seen early\tPhone line\tLine for GPs\nBeds at home\t\tTwo beds"
    box.first.evaluate(PASTE, {"html": "", "plain": plain})
    tree = ben.section("drivers").locator(".coprod-drawn-tree")
    expect(tree.locator(":scope > ul > li")).to_have_count(2)
    expect(tree.locator(":scope > ul > li").first.locator("> ul > li")).to_have_count(2)
    add(amara)
    paste(amara, 0, "what", **COPIED)
    amara.expect_saved()
    expect(amara.page.locator("[data-gaps=drivers]")).not_to_have_text("", timeout=20_000)
    rail = amara.page.locator("[data-gaps=people]")
    expect(rail).to_have_text(re.compile(r"^\d+ things? missing$"))
    expect_clean(amara)
