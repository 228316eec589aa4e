"""Every page by the axe rules of WCAG 2.2 AA and good practice, on a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk
from tests.moving import put_away
from tests.people import Cast
from tests.protocol.server import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))]);
}"""
WIDTH = "() => document.documentElement.scrollWidth"
TOO_WIDE = """(width) => [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > width + 1)
  .map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""


def asked(desk: Desk, document: Document) -> None:
    """The other half has asked; this one answers."""
    put_away(document.proposal, "The ward has closed.", document.proposal.pair.manager.person)
    desk.go("withdrawal", document.proposal.reference)


PAGES: dict[str, Callable[[Desk, Document], object]] = {
    "sign in": lambda desk, _: desk.go("account_login"),
    "board": lambda desk, _: desk.go("board"),
    "proposal": lambda desk, document: desk.go("proposal", document.proposal.reference),
    "new proposal": lambda desk, _: desk.go("proposal_new"),
    "search": lambda desk, document: desk.page.goto(f"/search/?words={document.proposal.title}"),
    "people": lambda desk, document: desk.go("workspace", document.proposal.workspace.slug),
    "deputies": lambda desk, document: desk.go("deputies", document.proposal.reference),
    "route": lambda desk, document: desk.go("triage", document.proposal.reference),
    "templates": lambda desk, document: desk.go("templates", document.proposal.workspace.organisation.slug),
    "copy of a template": lambda desk, document: desk.go(
        "template_copy", document.proposal.workspace.organisation.slug, document.template_id
    ),
    "withdrawal": lambda desk, document: desk.go("withdrawal", document.proposal.reference),
    "withdrawal to answer": asked,
    "text": lambda desk, document: desk.go("text", document.proposal.reference, document.stage),
    "not found": lambda desk, _: desk.page.goto("/nowhere/"),
}


def expect_clean(desk: Desk) -> None:
    """At both widths: no rule of axe broken, nothing to scroll sideways for."""
    for width in (1280, 320):
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.page.evaluate(AXE())
        assert (width, desk.page.evaluate(RUN, TAGS)) == (width, [])
        assert desk.page.evaluate(WIDTH) <= width, desk.page.evaluate(TOO_WIDE, width)


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_is_clean(sit: Seat, document: Document, name: str) -> None:
    desk = sit(None if name == "sign in" else document.proposal.created_by)
    PAGES[name](desk, document)
    desk.forgive("404")
    expect_clean(desk)


def test_a_form_with_mistakes_is_clean(sit: Seat, cast: Cast, document: Document) -> None:
    desk = sit(cast.amara).go("proposal_new")
    desk.page.get_by_role("button", name="Begin the proposal").click()
    expect(desk.page.get_by_role("alert")).to_be_visible()
    desk.forgive("422")
    expect_clean(desk)


def test_the_editor_is_clean_with_two_people_in_it(two: tuple[Desk, Desk]) -> None:
    amara, ben = two
    amara.write("problem", "What we saw")
    amara.tool("problem", "Heading").click()
    amara.press("Enter").type("- A bullet").press("Enter", "Enter").type("> A quotation")
    ben.section("people").get_by_role("button", name="Add a row").click()
    ben.section("people").locator("[data-cell=who] textarea").fill("Ward sisters")
    expect(amara.section("people").locator("[data-cell=who] textarea")).to_have_value("Ward sisters")
    ben.write("baseline", "Here I am.")
    expect(amara.section("baseline")).to_contain_text("Ben Adeyemi (manager) is editing here")
    expect_clean(amara)
    amara.press("Control+k")
    expect(amara.section("problem").get_by_label("Web or email address")).to_be_focused()
    expect_clean(amara)


def test_the_editor_is_clean_for_a_reader(two: tuple[Desk, Desk], reader: Desk) -> None:
    amara, _ben = two
    amara.write("problem", "What we saw")
    reader.sees("problem", "What we saw")
    expect_clean(reader)
