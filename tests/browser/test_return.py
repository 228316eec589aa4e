"""A text is handed in, sent back and opened again, before two who write and one who reads."""

import pytest
from playwright.sync_api import expect

from proposals.editing.models import FrozenVersion
from proposals.portfolio.domain.stages import Route
from proposals.portfolio.models import Document, Proposal, Supporter
from proposals.workflow.models import Submission
from tests.browser.conftest import Seat
from tests.browser.desks import Desk, agree
from tests.browser.margin import cards, comment, expect_marked, select
from tests.browser.path import follow, listed, press, seeded, wanted
from tests.moving import grace, make_committee, signed
from tests.people import Cast
from tests.proposals import make_supporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "Older people wait four hours at the front door."
WORDS = "wait four hours"
ASKED = "Is that so at weekends too?"
REQUEST = "Say what a nurse costs"
WAITS = "Grace Lyle of the committee waits for an answer in the margin."
Three = tuple[Desk, Desk, Desk]


@pytest.fixture
def text(cast: Cast, proposal: Proposal) -> Document:
    """Complete but for one section."""
    make_committee(cast)
    Proposal.objects.update(route=Route.FULL.value)
    make_supporter(proposal, cast.dele, Supporter.READER)
    return seeded(proposal, but="problem")


@pytest.fixture
def three(sit: Seat, cast: Cast, text: Document) -> Three:
    """Amara and Ben, who write, and Dele, who reads."""
    amara, ben, reader = sit(cast.amara).open(text), sit(cast.ben).open(text), sit(cast.dele).open(text)
    amara.write("problem", HERS).expect_saved()
    for desk in (ben, reader):
        desk.sees("problem", HERS)
    return amara, ben, reader


def handed_in(desk: Desk, proposal: Proposal, cast: Cast) -> None:
    signed(proposal, cast.amara, cast.ben)
    follow(desk, proposal, "Hand it in")
    press(desk, "Hand it in", says="has been handed in. Its text is closed.")


def sent_back(secretary: Desk, proposal: Proposal) -> None:
    follow(secretary, proposal, "Take it in or send it back")
    secretary.page.locator("[name=answer][value=return]").check()
    secretary.page.locator("[name=changes]").fill(REQUEST)
    press(secretary, "Go on", says="It is back with the pair, with your list.")


def test_it_works(sit: Seat, three: Three, *, text: Document, cast: Cast) -> None:
    """[WF34] [WF42] [ED125] Threads stay on their words; what the committee asked waits for its answer."""
    amara, ben, reader = three
    proposal = text.proposal
    comment(reader, "problem", WORDS, body=ASKED)
    expect_marked(WORDS, *three)
    handed_in(amara, proposal, cast)
    for desk in (ben, reader):
        expect(desk.page.locator(".coprod-rescue")).to_contain_text("its text is closed")
        expect(desk.page.locator(".coprod-rescue blockquote")).to_have_count(0)
    for desk in three:
        desk.go("editor", proposal.reference, text.stage)
        expect(cards(desk, "problem")).to_contain_text(ASKED)
        expect(cards(desk, "problem")).to_contain_text(WORDS)
        expect(desk.page.locator(".coprod-editor-note")).to_contain_text("This text has been handed in")
        expect(desk.page.get_by_text("so its text is closed.").first).to_be_visible()
        expect(desk.page.locator(".coprod-rescue")).to_be_hidden()
        desk.page.get_by_role("link", name="Read version 1 with the comments on it").click()
        expect(desk.page.locator("#on-problem ~ ul")).to_contain_text(ASKED)
    sent_back(sit(grace()), proposal)
    for desk in three:
        desk.open(text)
    expect_marked(WORDS, *three)
    written_on(three)
    answered_before_the_next_submission(amara, proposal, cast)
    ben.go("editor", proposal.reference, text.stage)
    expect(cards(ben, "problem")).to_contain_text(ASKED)


def written_on(three: Three) -> None:
    """In the text that is open again, before the words and among them: the thread goes with them."""
    amara, ben, _ = three
    ben.enter("problem").press("Control+Home").type("Today ")
    select(amara, "problem", "four")
    amara.press("ArrowRight").type(" or five")
    said = HERS.replace("four", "four or five")
    assert agree("problem", *three) == f"Today {said}"
    expect_marked("wait four or five hours", *three)
    for desk in (amara, ben):
        desk.expect_saved()


def answered_before_the_next_submission(desk: Desk, proposal: Proposal, cast: Cast) -> None:
    """Whatever else is done, the request stands in the way until one of the pair has answered it."""
    desk.go("submission", proposal.reference)
    assert WAITS in listed(desk)
    assert listed(desk) == wanted(cast.ben, proposal, "submit")
    desk.open(proposal.documents.get())
    card = cards(desk, "summary")
    expect(card).to_contain_text(REQUEST)
    card.get_by_role("button", name="Grace Lyle").click()
    card.get_by_label("Your reply").fill("£48,000 a year.")
    card.get_by_role("button", name="Answer").click()
    expect(card).to_contain_text("Answered")
    desk.go("submission", proposal.reference)
    assert WAITS not in listed(desk)
    handed_in(desk, proposal, cast)
    assert Submission.objects.count() == FrozenVersion.objects.filter(closes=True).count() == 2
