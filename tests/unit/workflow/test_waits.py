"""Whom a proposal waits for, in words; and working days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from proposals.portfolio.domain.stages import Status
from proposals.workflow.domain.days import after, between
from proposals.workflow.domain.turns import Turn
from proposals.workflow.domain.waits import TOLD, Point, wait
from workspaces.domain.pairing import Halves, Member, Side

AMARA = Member(person=1, name="Amara Okafor", workspace=1, side=Side.CLINICIAN)
BEN = Member(person=2, name="Ben Adeyemi", workspace=1, side=Side.MANAGER)
BOTH = Halves(AMARA, BEN, accepted=frozenset({Side.CLINICIAN, Side.MANAGER}))
ASKED = Halves(AMARA, BEN, accepted=frozenset({Side.CLINICIAN}))
OVER = replace(BOTH, ended=True)
DAY = date(2026, 12, 3)
HERE = Point(
    Status.SUBMITTED,
    days=6,
    asked=2,
    came_on=date(2026, 11, 3),
    committee="Investment Committee",
    secretary="Grace Lyle",
    chair="Chandra Rao",
    meets_on=DAY,
    papers_by=date(2026, 11, 25),
    review_on=date(2027, 5, 3),
    today=date(2026, 11, 11),
)
GRACE = "Grace Lyle, secretary of the Investment Committee,"


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("submitted", f"Waiting 6 working days for {GRACE} to take it in or send it back"),
        ("screened", f"Waiting 6 working days for {GRACE} to give it a day"),
        (
            "scheduled",
            f"On the agenda of 3 December 2026. Waiting for {GRACE} to send the papers, "
            "due on 25 November 2026",
        ),
        (
            "in_review",
            "Waiting 6 working days for the Investment Committee to decide. It meets on 3 December 2026",
        ),
        (
            "testing",
            "Being tested since 3 November 2026. Amara Okafor and Ben Adeyemi look at its effect next",
        ),
        ("mobilising", "Waiting 6 working days for Amara Okafor and Ben Adeyemi to say that it is live"),
        ("live", "Live. Its effect on patients is looked at on 3 May 2027"),
        (
            "paused",
            "Paused. Waiting 6 working days for Chandra Rao, chair of the Investment Committee, "
            "to let it go on",
        ),
        ("adopted", "Adopted on 3 November 2026"),
        ("declined", "Declined on 3 November 2026 by the Investment Committee"),
        ("archived", "Put in the archive on 3 November 2026"),
    ],
)
def test_to_somebody_beside(status: str, sentence: str) -> None:
    """[WF71] [WF101] Who, for what, how long; and nothing of it is theirs."""
    assert wait(replace(HERE, status=Status(status)), BOTH, reader=9) == Turn(sentence)


def test_who_put_it_away() -> None:
    """[WF101] Both by name where it took both, else the one whose word was enough."""
    alone = replace(HERE, status=Status.WITHDRAWN, by="Amara Okafor")
    said = "Withdrawn on 3 November 2026 by Amara Okafor"
    assert wait(alone, BOTH, reader=9) == Turn(said)
    assert wait(replace(alone, together=True), BOTH, reader=9) == Turn(f"{said} and Ben Adeyemi")
    assert wait(Point(Status.WITHDRAWN), BOTH, reader=9) == Turn("Withdrawn")


@pytest.mark.parametrize(
    ("status", "seat", "reader", "begins"),
    [
        ("submitted", "secretary", 9, "Waiting 6 working days for you to take it in"),
        ("scheduled", "secretary", 9, "On the agenda of 3 December 2026. Waiting for you to send"),
        ("in_review", "chair", 9, "Waiting 6 working days for the Investment Committee"),
        ("paused", "chair", 9, "Paused. Waiting 6 working days for you"),
        ("testing", "", 1, "Being tested since 3 November 2026. You and Ben Adeyemi"),
        ("mobilising", "", 2, "Waiting 6 working days for you and Amara Okafor to say"),
    ],
)
def test_to_whoever_it_waits_for(*, status: str, seat: str, reader: int, begins: str) -> None:
    """[WF71] [WF4] “You” to whoever has the next word."""
    found = wait(replace(HERE, status=Status(status), seat=seat), BOTH, reader=reader)
    assert found is not None
    assert found.is_mine
    assert found.sentence.startswith(begins)


def test_as_long_as_it_is_written() -> None:
    """[WF71] A first draft waits for nobody by the day; a returned one says when it came back."""
    drafting = replace(HERE, status=Status.DRAFTING)
    assert wait(drafting, BOTH, reader=1) is None
    back = replace(drafting, returned=True, days=1)
    mine = wait(back, BOTH, reader=1)
    assert mine == Turn(
        "Returned 1 working day ago. You and Ben Adeyemi work on what was asked for", is_mine=True
    )
    today = wait(replace(back, days=0), BOTH, reader=9, writes=True)
    assert today is not None
    assert today.sentence.startswith("Returned today. Amara Okafor and Ben Adeyemi")
    assert today.sentence.endswith(", and so can you")
    assert today.is_mine


def test_a_pair_that_does_not_stand() -> None:
    """[WF71] Who has to accept, and since when; the rest domain/turns.py says."""
    drafting = replace(HERE, status=Status.DRAFTING)
    assert wait(drafting, ASKED, reader=1) == Turn("Waiting 2 working days for Ben Adeyemi to accept")
    assert wait(drafting, ASKED, reader=2) is None
    assert wait(replace(HERE, status=Status.LIVE), OVER, reader=1) is None
    assert wait(HERE, OVER, reader=1) is not None


def test_before_it_starts_and_after() -> None:
    """[WF71] Conditions hold a start back; a day of review that has come is somebody's turn."""
    begun = replace(HERE, status=Status.MOBILISING, conditions=1)
    assert wait(begun, BOTH, reader=9) == Turn("Approved. 1 condition has to be met before it starts")
    two = wait(replace(begun, conditions=2), BOTH, reader=1)
    assert two == Turn("Approved. 2 conditions have to be met before it starts", is_mine=True)
    live = replace(HERE, status=Status.LIVE, review_on=HERE.today)
    due = wait(live, BOTH, reader=1)
    assert due is not None
    assert due.is_mine
    assert due.sentence.endswith("on 11 November 2026: waiting for you and Ben Adeyemi")
    assert wait(replace(live, review_on=None), BOTH, reader=1) == Turn("Live")


def test_a_seat_that_nobody_has() -> None:
    """[WF71] The role is named where no person can be."""
    found = wait(replace(HERE, secretary="", days=1), BOTH, reader=9)
    assert found == Turn(
        "Waiting 1 working day for a secretary of the Investment Committee to take it in or send it back"
    )
    bare = replace(HERE, status=Status.SCHEDULED, secretary="", committee="", meets_on=None, papers_by=None)
    assert wait(bare, BOTH, reader=9) == Turn("On the agenda. Waiting for a secretary to send the papers")


def test_every_status_has_its_words() -> None:
    """[WF71] Also without a day or a committee."""
    assert set(TOLD) == set(Status)
    for status in Status:
        wait(Point(status), BOTH, reader=9)


@pytest.mark.parametrize("start", [date(2026, 11, 23) + timedelta(n) for n in range(7)])
def test_working_days_are_counted_as_they_are_added(start: date) -> None:
    """[WF71] `between` undoes `after`, over weekends and bank holidays."""
    holidays = [date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 28)]
    for count in range(40):
        assert between(start, after(start, count, holidays), holidays) == count
    assert between(start, start - timedelta(3)) == 0
