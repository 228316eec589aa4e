"""Second thoughts about what was said, seen by who said it, who moderates and who else reads along."""

from time import monotonic

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desks import Desk
from tests.browser.margin import HERS, WORDS, cards, comment
from tests.browser.test_axe import expect_clean
from workspaces.models import Membership, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNKIND = "Words that hurt"
WHY = "It names a patient"
SOON = 1.0  # seconds


def said(two: tuple[Desk, Desk], body: str) -> None:
    """Ben comments on what Amara has written."""
    amara, ben = two
    amara.write("problem", HERS).expect_saved()
    ben.sees("problem", HERS)
    comment(ben, "problem", WORDS, body=body)


def opened(desk: Desk, name: str) -> Locator:
    card = cards(desk, "problem")
    card.get_by_role("button", name=name).first.click()
    return card


def soon(since: float, *sights: tuple[Locator, str]) -> None:
    """All of it stands there within a second. Looking itself takes a little, so the last look counts."""
    for card, words in sights:
        expect(card).to_contain_text(words, timeout=SOON * 1000)
    assert monotonic() - since < 2 * SOON


@pytest.fixture
def moderator(reader: Desk, dele: Person) -> Desk:
    """Dele, who reads along and looks after the workspace; the page is loaded anew with that."""
    Membership.objects.filter(person=dele).update(is_admin=True)
    reader.page.reload()
    expect(reader.area("problem")).to_be_visible()
    return reader


def test_a_comment_is_hidden_and_shown_again(two: tuple[Desk, Desk], moderator: Desk) -> None:
    """[CM35] [FE87] By keyboard alone; the author keeps the words, the others read the reason."""
    amara, ben = two
    said(two, UNKIND)
    mine, theirs, desk = (opened(each, "Ben Adeyemi") for each in (ben, amara, moderator))
    for card in (mine, theirs):
        expect(card).to_contain_text(UNKIND)
        expect(card.get_by_role("button", name="Hide")).to_have_count(0)
    hide = desk.get_by_role("button", name="Hide this comment of Ben Adeyemi")
    hide.focus()
    moderator.press("Enter")
    expect(desk.get_by_label("Why is this comment of Ben Adeyemi hidden?")).to_be_focused()
    expect_clean(moderator)
    moderator.press("Tab", "Enter")
    expect(desk.get_by_role("alert").filter(has_text="Say why this is hidden")).to_be_visible()
    moderator.type(WHY).press("Tab")
    expect(desk.get_by_role("button", name="Hide the comment")).to_be_focused()
    since = monotonic()
    moderator.press("Enter")
    soon(since, (theirs, f"Hidden by the moderator: {WHY}"), (mine, "Only you see this"))
    for card in (theirs, desk):
        expect(card).not_to_contain_text(UNKIND)
    expect(mine).to_contain_text(UNKIND)
    expect(mine.get_by_role("button", name="Edit")).to_have_count(0)
    expect(desk.get_by_role("button", name="Show again")).to_be_focused()
    since = monotonic()
    moderator.press("Enter")
    soon(since, (theirs, UNKIND))
    expect(hide).to_be_focused()
    expect(mine).not_to_contain_text("Only you see this")


def test_what_a_thread_is_can_be_said_anew(two: tuple[Desk, Desk]) -> None:
    """[CM36] [FE88] By whoever opened it, and the other sees it at once."""
    amara, ben = two
    said(two, "Are you sure?")
    mine, theirs = (opened(each, "Ben Adeyemi") for each in (ben, amara))
    expect(theirs).to_contain_text("Are you sure?")
    expect(theirs.get_by_role("button", name="Change what this is")).to_have_count(0)
    mine.get_by_role("button", name="Change what this is").click()
    mine.get_by_label("This is a").select_option("Question")
    mine.get_by_label("For", exact=True).select_option("The clinician")
    mine.get_by_label("This has to be settled before handing in").check()
    expect_clean(ben)
    since = monotonic()
    mine.get_by_role("button", name="Save").click()
    soon(since, (theirs, "Question"), (theirs, "For the clinician"), (theirs, "Before handing in"))
    expect(theirs.get_by_role("button", name="Answer")).to_be_visible()
    expect(theirs.get_by_role("button", name="Resolve")).to_be_hidden()
    expect(mine.get_by_role("button", name="Change what this is")).to_be_focused()
