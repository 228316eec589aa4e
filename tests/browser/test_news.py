"""What is new: the number in the header while a page is open, and both pages by the rules of axe."""

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.test_axe import expect_clean
from tests.people import Cast
from workspaces import services
from workspaces.domain.news import Kind, Piece

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tell(document: Document, cast: Cast, kind: Kind = Kind.MENTION) -> None:
    proposal = document.proposal
    piece = Piece(
        kind,
        "Ben Adeyemi mentions you on “too long”",
        f"/proposals/{proposal.reference}/",
        text="Is **that** so, @Amara? See [the audit](https://www.example.org/a-very-long-address-without-a-break/"
        "of-any-kind-in-it-at-all).\n\n- one\n- two",
        proposal=proposal.pk,
        draft=True,
    )
    services.tell([cast.amara.pk], piece, by=cast.ben)


def test_the_pages_are_clean(sit: Seat, document: Document, cast: Cast) -> None:
    """[NW10] [NW14]"""
    for kind in (Kind.MENTION, Kind.REPLY, Kind.DECISION):
        tell(document, cast, kind)
    services.read_news(by=cast.amara)
    tell(document, cast, Kind.ANSWER)
    desk = sit(cast.amara).go("news")
    expect_clean(desk)
    desk.go("news_preferences")
    expect_clean(desk)


def test_the_number_changes_while_a_page_is_open(sit: Seat, document: Document, cast: Cast) -> None:
    """[FE81] Read in one window, gone in the other. The hints come from the pages' own server."""
    amara, ben = sit(cast.amara).open(document), sit(cast.ben)
    number = amara.page.locator(".coprod-news-count__number")
    expect(number).to_be_hidden()
    ben.go("threads", document.proposal.reference, document.stage)
    ben.page.get_by_label("What you want to say").or_(ben.page.locator("textarea[name=body]")).first.fill(
        "Is that so, @Amara?"
    )
    ben.page.get_by_role("button", name="Comment", exact=True).click()
    expect(number).to_be_visible()
    expect(number).to_contain_text("1")
    window = amara.context.new_page()
    window.goto("/news/")
    window.get_by_role("button", name="Mark all as read").click()
    expect(number).to_be_hidden()
