"""The steps of a proposal as people make them in a browser: links, buttons, days, lists."""

from datetime import date

from playwright.sync_api import Locator, expect

from proposals.editing import services as editing
from proposals.portfolio.models import Document, Proposal
from tests.browser.desks import Desk
from tests.moving import filled
from tests.people import as_
from workspaces.models import Person


def seeded(proposal: Proposal, *, but: str = "") -> Document:
    """The text of the current stage as if it had been written, but for the prose of one section."""
    proposal.refresh_from_db()
    document = Document.objects.get(proposal=proposal, stage=proposal.stage)
    content = filled(document.template)
    content.texts.pop(but, None)
    editing.seed_content(document, content)
    document.proposal = proposal
    return document


def press(desk: Desk, name: str, *, says: str) -> None:
    """Press a button of the page; the page that follows says so."""
    desk.page.get_by_role("main").get_by_role("button", name=name).click()
    expect(desk.page.get_by_text(says).first).to_be_visible()


def follow(desk: Desk, proposal: Proposal, *links: str) -> Desk:
    """From the proposal's page through links, as somebody finds their way."""
    desk.go("proposal", proposal.reference)
    for link in links:
        desk.page.get_by_role("main").get_by_role("link", name=link, exact=True).click()
    return desk


def choose_day(desk: Desk, name: str, on: date) -> None:
    for part in ("day", "month", "year"):
        desk.page.locator(f"[name={name}_{part}]").fill(str(getattr(on, part)))


def confirm(desk: Desk, proposal: Proposal, section: str) -> None:
    desk.go("confirmation", proposal.reference, section)
    press(desk, "I have read this and can defend it", says="You have confirmed")


def sign(desk: Desk, proposal: Proposal) -> None:
    follow(desk, proposal, "Confirm and sign")
    press(desk, "Sign the whole text", says="You have signed.")


def listed(desk: Desk) -> list[str]:
    """The sentences of the list of what is missing, the folded ones included."""
    lines = desk.page.locator("#missing li:not(:has(li))")
    return sorted(line.strip() for line in lines.all_text_contents())


def told(desk: Desk) -> list[str]:
    """The sentences in the summary above a form that was refused."""
    return sorted(line.strip() for line in summary(desk).locator("li").all_text_contents())


def summary(desk: Desk) -> Locator:
    return desk.page.locator(".nhsuk-error-summary")


def wanted(person: Person, proposal: Proposal, move: str) -> list[str]:
    """What the JSON says is missing."""
    said = as_(person).get(f"/api/proposals/{proposal.reference}/verdict/?move={move}").json()
    assert said["move"] == move
    return sorted(each["sentence"] for each in said["missing"])
