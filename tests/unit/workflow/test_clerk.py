"""The clerk of a server process: does what has come due, goes on after a failure, ends with the process."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError
from django.utils import timezone

from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.workflow import clerk, services
from proposals.workflow.clerk import Clerk
from proposals.workflow.models import Launch
from tests.moving import stage_of
from tests.people import people
from tests.proposals import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """One whose hours are short."""
    monkeypatch.setattr(clerk, "FIRST_SECONDS", 0.01)
    monkeypatch.setattr(clerk, "ROUND_SECONDS", 0.05)
    hurried = Clerk()
    yield hurried
    hurried.stop(10)


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end and not true():
        time.sleep(0.02)
    return true()


@pytest.fixture
def due() -> Proposal:
    """Live, and to be looked at from today on."""
    proposal = make_proposal(people().pair)
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=Status.LIVE)
    today = timezone.localdate()
    Launch.objects.create(proposal=proposal, live_on=today, review_on=today)
    return proposal


def test_what_is_due_is_done(due: Proposal, hurried: Clerk) -> None:
    """[WF105] Without anybody asking for it, and no thread stays behind."""
    hurried.start()
    assert soon(lambda: stage_of(due) == (Stage.EVALUATION, Status.DRAFTING))
    hurried.stop(10)
    assert "clerk" not in [each.name for each in threading.enumerate()]


def test_a_database_that_is_away_is_asked_again(
    *, due: Proposal, hurried: Clerk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """[WF105]"""
    run_due, asked = services.run_due, 0

    def away_at_first() -> dict[str, int]:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise DatabaseError
        return run_due()

    monkeypatch.setattr(services, "run_due", away_at_first)
    hurried.start()
    assert soon(lambda: stage_of(due) == (Stage.EVALUATION, Status.DRAFTING))
    assert "tried again in an hour" in caplog.text


def test_one_that_has_not_begun_ends_at_once(due: Proposal) -> None:
    """[WF105] In its first minute: a server that is told to end is not held up."""
    waiting = Clerk()
    waiting.start()
    started = time.monotonic()
    waiting.stop(10)
    assert time.monotonic() - started < 1
    assert stage_of(due) == (Stage.IMPLEMENTATION, Status.LIVE)
