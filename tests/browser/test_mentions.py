"""Calling somebody in the margin: from the first @ to the news of whoever is called."""

import pytest
from playwright.sync_api import Locator, expect

from proposals.comments.models import Mention
from proposals.portfolio.models import Document, Supporter
from tests.browser.conftest import Seat
from tests.browser.desks import Desk
from tests.browser.margin import HERS, WORDS, cards, select
from tests.browser.test_axe import expect_clean
from tests.people import Cast
from tests.proposals import make_supporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def names(desk: Desk) -> Locator:
    return desk.section("problem").get_by_role("listbox", name="People you can call")


def begin(desk: Desk, words: str) -> Locator:
    """Write this in a new comment on the selected words."""
    select(desk, "problem", WORDS)
    desk.press("Control+Alt+m")
    box = desk.section("problem").get_by_label("Your comment")
    expect(box).to_be_focused()
    desk.type(words)
    return box


def test_a_name_is_chosen_by_keys_and_its_person_hears_of_it(
    two: tuple[Desk, Desk], reader: Desk, cast: Cast
) -> None:
    """[FE84] [CM32] Those who read the draft are offered, and nobody else; the one called gets the news."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    box = begin(amara, "Is that so, @")
    expect(names(amara).get_by_role("option")).to_have_text(
        ["@Ben Adeyemi manager", "@Dele Ogun", "@manager Ben Adeyemi"]
    )
    expect_clean(amara)
    amara.press("ArrowDown")
    expect(names(amara).get_by_role("option", selected=True)).to_have_text("@Dele Ogun")
    chosen = names(amara).get_by_role("option", selected=True).get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", str(chosen))
    amara.press("ArrowUp", "ArrowUp").press("ArrowUp", "Enter")
    expect(names(amara)).to_be_hidden()
    expect(box).to_have_value("Is that so, @Dele Ogun ")
    amara.type("?").press("Control+Enter")
    expect(cards(ben, "problem")).to_contain_text("Is that so, @Dele Ogun ?")
    assert [mention.person for mention in Mention.objects.all()] == [cast.dele]
    reader.go("news")
    expect(reader.page.locator("main")).to_contain_text("Amara Okafor mentions you on “wait four hours”")
    ben.go("news")
    expect(ben.page.locator("main")).to_contain_text("Amara Okafor comments")
    expect(ben.page.locator("main")).not_to_contain_text("mentions you")


def test_escape_closes_the_names_and_then_leads_to_the_text(two: tuple[Desk, Desk]) -> None:
    """[FE84] [FE77] One thing at a time."""
    amara, _ben = two
    amara.write("problem", HERS).expect_saved()
    box = begin(amara, "@be")
    expect(names(amara)).to_be_visible()
    amara.press("Escape")
    expect(names(amara)).to_be_hidden()
    expect(box).to_be_focused()
    amara.press("Escape")
    expect(amara.area("problem")).to_be_focused()
    expect(box).to_have_value("@be")


def test_with_a_finger_on_a_narrow_screen(sit: Seat, cast: Cast, document: Document) -> None:
    """[FE84] Each name is large enough to touch, and nothing runs off the screen."""
    make_supporter(document.proposal, cast.dele, Supporter.READER)
    desk = sit(cast.amara, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    desk.open(document)
    desk.section("problem").get_by_role("button", name="Add a comment").tap()
    box = desk.section("problem").get_by_label("Your comment")
    box.tap()
    desk.type("Please look, @d")
    option = names(desk).get_by_role("option", name="@Dele Ogun")
    expect(option).to_be_in_viewport()
    place = option.bounding_box()
    assert place
    assert place["height"] >= 44
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 320
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320
    option.tap()
    expect(box).to_have_value("Please look, @Dele Ogun ")
    expect(box).to_be_focused()
