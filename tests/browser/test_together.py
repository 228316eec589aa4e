"""Two people write at once: both see both, who writes, and where."""

import re

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk, agree, together
from workspaces.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "Older people wait four hours."
HIS = "It costs us 38 bed days a week."


def test_it_works(sit: Seat, amara: Person, document: Document) -> None:
    desk = sit(amara).open(document)
    desk.write("problem", HERS).expect_saved()
    assert desk.text("problem") == HERS
    desk.open(document).sees("problem", HERS)


def test_two_people_write_in_different_sections_at_once(two: tuple[Desk, Desk]) -> None:
    """[FE1] Letter by letter, in real browsers."""
    amara, ben = two
    amara.enter("problem")
    ben.enter("baseline")
    together((amara, HERS), (ben, HIS))
    assert agree("problem", amara, ben) == HERS
    assert agree("baseline", amara, ben) == HIS


def test_two_people_write_in_one_paragraph_at_once(two: tuple[Desk, Desk]) -> None:
    """[FE1] [FE14] Both sentences stay whole, each where it was typed."""
    amara, ben = two
    amara.write("problem", "Today:  .")
    ben.sees("problem", "Today:  .")
    amara.press("ArrowLeft", "ArrowLeft")
    ben.enter("problem")
    together((amara, HERS), (ben, HIS))
    assert agree("problem", amara, ben) == f"Today: {HERS} .{HIS}"


def test_each_sees_the_others_caret_with_name_and_side(two: tuple[Desk, Desk]) -> None:
    """[FE43] The name comes with the caret and goes after a moment."""
    amara, ben = two
    amara.write("problem", HERS)
    ben.write("problem", HIS)
    hers = ben.area("problem").locator(".coprod-caret--clinician")
    his = amara.area("problem").locator(".coprod-caret--manager")
    expect(hers).to_contain_text("Amara Okafor")
    expect(his).to_contain_text("Ben Adeyemi")
    expect(his).to_have_class(re.compile("coprod-caret--named"))
    expect(his).not_to_have_class(re.compile("coprod-caret--named"))


def test_each_sees_in_which_section_the_other_is(two: tuple[Desk, Desk]) -> None:
    """[FE44] In the rail, beside the section, and for those who listen."""
    amara, ben = two
    ben.enter("baseline")
    expect(amara.section("baseline")).to_contain_text("Ben Adeyemi (manager) is editing here")
    here = amara.page.locator(".coprod-people-here").first
    expect(here).to_contain_text("Ben Adeyemi")
    expect(here).to_contain_text("is editing Where we are today")
    expect(amara.page.locator("[data-announcer]")).to_contain_text(
        "Ben Adeyemi (manager) is editing Where we are today."
    )
    ben.enter("summary")
    expect(amara.section("summary")).to_contain_text("Ben Adeyemi (manager) is editing here")
    expect(amara.section("baseline")).not_to_contain_text("Ben Adeyemi")
    ben.leave()
    expect(amara.section("summary")).not_to_contain_text("Ben Adeyemi")
    expect(amara.page.locator("[data-announcer]")).to_contain_text("Ben Adeyemi (manager) has left.")
