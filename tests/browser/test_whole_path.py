"""An idea goes all the way in browsers: triage, concept, case, change, evaluation, adopted."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from proposals.editing.models import FrozenVersion
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.review.models import Condition
from proposals.workflow.models import Transition
from tests.browser.conftest import Seat
from tests.browser.desks import Desk, agree, together
from tests.browser.path import choose_day, confirm, follow, listed, press, seeded, sign, told, wanted
from tests.browser.test_outages import expect_unsaved
from tests.moving import confirmed, grace, make_committee, make_limits, stage_of
from tests.people import Cast
from workspaces.models import AuditEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "Older people wait four hours."
HIS = "It costs 38 bed days."
LATE = "quite "
UNSENT = "Nobody should wait in a corridor overnight."
REASONS = "The need is plain and the plan is small."
SUBMITTED = "This stage was submitted or the proposal withdrawn, so its text is closed."
AGAIN = "again, since the text has changed"


@dataclass
class Walk:
    """A proposal and those who bring it on, each at a desk. Ben has a second device."""

    proposal: Proposal
    cast: Cast
    amara: Desk
    ben: Desk
    phone: Desk
    secretary: Desk
    chair: Desk


@pytest.fixture
def walk(sit: Seat, cast: Cast, proposal: Proposal) -> Walk:
    make_committee(cast)
    make_limits(cast)
    phone = sit(cast.ben, viewport={"width": 390, "height": 800})
    return Walk(
        proposal,
        cast,
        sit(cast.amara),
        sit(cast.ben),
        phone=phone,
        secretary=sit(grace()),
        chair=sit(cast.chandra),
    )


def triaged(walk: Walk) -> None:
    """Six answers; what the next step needs is then the same on the page and as JSON."""
    desk = follow(walk.amara, walk.proposal, "Answer six questions to choose one")
    for question in ("recurrent", "capital", "care", "staff", "data", "organisations"):
        answer = "yes" if question == "recurrent" else "no"
        desk.page.locator(f"[name={question}][value={answer}]").check()
    desk.page.locator("[name=recurrent_amount]").fill("400,000")
    press(desk, "Choose the route", says="The route is “Full case”")
    desk.go("submission", walk.proposal.reference)
    assert listed(desk) == wanted(walk.cast.ben, walk.proposal, "submit")


def written_and_signed(walk: Walk, section: str) -> None:
    """The two write and confirm one section of a stage together; the rest is done for them."""
    document = seeded(walk.proposal, but=section)
    both = (walk.amara, walk.ben)
    for desk in both:
        desk.open(document).enter(section)
    together((walk.amara, HERS), (walk.ben, HIS))
    assert sorted(agree(section, *both)) == sorted(HERS + HIS)
    for desk in both:
        desk.expect_saved()
    for desk in both:
        confirm(desk, walk.proposal, section)
    confirmed(walk.proposal, walk.cast.amara, walk.cast.ben)
    for desk in both:
        sign(desk, walk.proposal)


def refused_for_late_words(walk: Walk) -> None:
    """The button is on Amara's page when Ben writes on: she is told all that is missing now, and no more."""
    follow(walk.amara, walk.proposal, "Hand it in")
    walk.ben.open(walk.proposal.documents.get(stage=Stage.CONCEPT)).area("summary").click()
    walk.ben.press("Control+Home").type(LATE).expect_saved()
    press(walk.amara, "Hand it in", says="There is a problem")
    walk.amara.forgive("422")
    missing = wanted(walk.cast.amara, walk.proposal, "submit")
    assert listed(walk.amara) == told(walk.amara) == missing
    assert missing == [
        f"Amara Okafor has to confirm “In a few words” {AGAIN}.",
        "Amara Okafor has to sign this text.",
        f"Ben Adeyemi has to confirm “In a few words” {AGAIN}.",
        "Ben Adeyemi has to sign this text.",
    ]
    assert not FrozenVersion.objects.exists()
    assert not Transition.objects.filter(move="submit").exists()


def lost_and_turned_again(walk: Walk) -> None:
    """The other sees the words that came, word by word, and both turn their keys again."""
    page = walk.amara.go("confirmation", walk.proposal.reference, "summary").page
    expect(page.get_by_text("This has changed since you confirmed it")).to_be_visible()
    expect(page.get_by_text("Written since by: Manager.")).to_be_visible()
    added = page.locator("ins.coprod-redline__added")
    expect(added).to_have_count(1)
    expect(added).to_contain_text(LATE.strip())
    for desk in (walk.amara, walk.ben):
        confirm(desk, walk.proposal, "summary")
    for desk in (walk.amara, walk.ben):
        sign(desk, walk.proposal)


def handed_in(desk: Desk, proposal: Proposal) -> None:
    follow(desk, proposal, "Hand it in")
    press(desk, "Hand it in", says=f"{proposal.reference} has been handed in. Its text is closed.")


def handed_in_while_a_device_is_away(walk: Walk) -> None:
    """It comes back to a closed text: its words are there, word for word, also after another look."""
    document = walk.proposal.documents.get(stage=Stage.CONCEPT)
    walk.phone.open(document).context.set_offline(True)
    walk.phone.write("baseline", UNSENT)
    expect_unsaved(walk.phone)
    walk.ben.open(document)
    handed_in(walk.amara, walk.proposal)
    expect(walk.ben.page.locator(".coprod-rescue")).to_contain_text(SUBMITTED)
    expect(walk.ben.page.locator(".coprod-rescue blockquote")).to_have_count(0)
    panel = walk.phone.page.locator(".coprod-rescue")
    walk.phone.context.set_offline(False)
    expect(panel.locator("blockquote")).to_have_text(UNSENT)
    expect(panel).to_contain_text(SUBMITTED)
    expect(panel).to_contain_text("Where we are today")
    with walk.phone.page.expect_navigation():
        panel.get_by_role("button", name="Load the page again").click()
    expect(panel.locator("blockquote")).to_have_text(UNSENT)
    expect(walk.phone.section("baseline")).not_to_contain_text(UNSENT)
    assert UNSENT not in FrozenVersion.objects.get().canonical


def before_the_committee(walk: Walk) -> None:
    desk = follow(walk.secretary, walk.proposal, "Take it in or send it back")
    desk.page.locator("[name=answer][value=accept]").check()
    press(desk, "Go on", says="You have taken it in.")
    follow(desk, walk.proposal, "Give it a day")
    choose_day(desk, "meets_on", timezone.localdate() + timedelta(30))
    press(desk, "Put it on the agenda", says="It is on the agenda of")
    follow(desk, walk.proposal, "Send the papers")
    press(desk, "The papers are out", says="The papers are out.")


def decided(walk: Walk, kind: str, *ticks: str, says: str) -> None:
    """By the chair, with reasons; a condition, where the kind has one, is Ben's and before the start."""
    page = follow(walk.chair, walk.proposal, "Record the decision").page
    for tick in (f"[name=kind][value={kind}]", *ticks):
        page.locator(tick).check()
    page.locator("[name=reasons]").fill(REASONS)
    if kind == "approve_with_conditions":
        page.locator("[name=text_1]").fill("Appoint a nurse")
        page.locator("[name=owner_1]").select_option(label="Ben Adeyemi")
        choose_day(walk.chair, "due_1", timezone.localdate() + timedelta(30))
        page.locator("[name=before_start_1]").check()
    press(walk.chair, "Record the decision", says=says)


def gone_live(walk: Walk) -> None:
    """Not before the condition is met, and then on both halves' word."""
    follow(walk.amara, walk.proposal)
    waits = "recorded by the committee: Appoint a nurse"
    expect(walk.amara.page.get_by_text(waits)).to_be_visible()
    walk.chair.go("discharge", Condition.objects.get(before_start=True).pk)
    walk.chair.page.locator("[name=evidence]").fill("She starts on Monday.")
    press(walk.chair, "The condition is met", says="Condition 1 is met.")
    for desk, says in ((walk.amara, "It waits for the other half."), (walk.ben, "It is live.")):
        follow(desk, walk.proposal, "Say that it is live")
        choose_day(desk, "live_on", timezone.localdate())
        press(desk, "It is live from this day", says=says)


def evaluated(walk: Walk) -> None:
    """Before its day, with the reason; then written, handed in and decided like the stages before."""
    page = follow(walk.ben, walk.proposal, "Begin the evaluation").page
    page.locator("[name=reason]").fill("The money ends in spring.")
    press(walk.ben, "Begin the evaluation", says="The evaluation is open.")
    written_and_signed(walk, "eval_summary")
    handed_in(walk.amara, walk.proposal)
    before_the_committee(walk)
    decided(walk, "approve", "[name=outcome][value=adopt]", says="Recorded: adopted.")


def test_it_works(walk: Walk) -> None:
    """[WF65] [WF31] [WF32] [WF62] [ED127] From triage to adopted: refused, signed anew, rescued, decided."""
    triaged(walk)
    written_and_signed(walk, "problem")
    refused_for_late_words(walk)
    lost_and_turned_again(walk)
    handed_in_while_a_device_is_away(walk)
    before_the_committee(walk)
    decided(walk, "approve", "[name=permissions][value=case]", says="Recorded: approved.")
    assert stage_of(walk.proposal) == (Stage.BUSINESS_CASE, Status.DRAFTING)
    written_and_signed(walk, "case_for_change")
    handed_in(walk.ben, walk.proposal)
    before_the_committee(walk)
    decided(walk, "approve_with_conditions", says="Recorded: approved with conditions.")
    gone_live(walk)
    evaluated(walk)
    assert stage_of(walk.proposal) == (Stage.CLOSED, Status.ADOPTED)
    page = walk.amara.go("proposal", walk.proposal.reference).page
    for words in ("Amara Okafor handed it in as version", "Appoint a nurse", "Adopted: "):
        expect(page.get_by_text(words).first).to_be_visible()
    assert AuditEntry.objects.filter(verb="submit").count() == FrozenVersion.objects.count() == 3
