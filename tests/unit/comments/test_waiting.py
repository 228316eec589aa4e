"""What in the margin waits for an answer before a stage is handed in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.comments.domain.threads import Kind, State
from proposals.comments.models import Thread
from proposals.comments.selectors import open_blocking, unanswered_requests
from proposals.portfolio.models import Document, Proposal
from workspaces.models import Committee, Person, Seat


@pytest.fixture
def seat(proposal: Proposal, chandra: Person) -> Seat:
    """Chandra's chair on the committee that decides."""
    committee = Committee.objects.create(
        organisation=proposal.workspace.organisation, name="Investment committee", slug="investment"
    )
    proposal.committee = committee
    proposal.save(update_fields=["committee"])
    return Seat.objects.create(committee=committee, person=chandra, role=Seat.CHAIR)


def asked(document: Document, by: Person, kind: Kind = Kind.QUESTION, **facts: object) -> Thread:
    return Thread.objects.create(
        document=document, section="summary", kind=kind.value, opened_by=by, opened_side="other", **facts
    )


def test_a_request_of_the_committee_waits_for_an_answer(document: Document, seat: Seat, dele: Person) -> None:
    """[CM30] Not a plain comment, not what colleagues ask, not what has been answered or resolved."""
    chair = seat.person
    waiting = [asked(document, chair, kind) for kind in (Kind.QUESTION, Kind.CHANGE_REQUEST)]
    asked(document, chair, Kind.COMMENT)
    asked(document, dele)
    asked(document, chair, state=State.ANSWERED.value)
    asked(document, chair, state=State.RESOLVED.value)
    with CaptureQueriesContext(connection) as queries:
        found = list(unanswered_requests(document.proposal))
        assert [thread.opened_by.name for thread in found] == ["Chandra Rao", "Chandra Rao"]
    assert (found, len(queries)) == (waiting, 1)


def test_a_request_waits_also_when_whoever_asked_has_left_the_committee(
    document: Document, seat: Seat
) -> None:
    """[CM30] What counts is the seat they had when they asked."""
    now = timezone.now()
    thread = asked(document, seat.person, opened_at=now)
    asked(document, seat.person, opened_at=now + timedelta(hours=2))
    asked(document, seat.person, opened_at=now - timedelta(hours=2))
    Seat.objects.update(ended_at=now + timedelta(hours=1))
    assert list(unanswered_requests(document.proposal)) == [thread]


def test_a_request_waits_when_the_proposal_has_been_referred_up(
    document: Document, seat: Seat, dele: Person
) -> None:
    """[CM30] What the committee below asked for; not what somebody asks who sits elsewhere."""
    board = Committee.objects.create(
        organisation=seat.committee.organisation, name="Trust board", slug="trust-board"
    )
    elsewhere = Committee.objects.create(
        organisation=seat.committee.organisation, name="Estates committee", slug="estates"
    )
    Seat.objects.create(committee=elsewhere, person=dele, role=Seat.CHAIR)
    Committee.objects.filter(pk=seat.committee_id).update(parent=board)
    thread = asked(document, seat.person)
    asked(document, dele)
    document.proposal.committee = board
    assert list(unanswered_requests(document.proposal)) == [thread]


def test_without_a_committee_nothing_waits(document: Document, seat: Seat) -> None:
    """[CM30]"""
    asked(document, seat.person)
    document.proposal.committee = None
    assert not unanswered_requests(document.proposal).exists()


def test_blocking_threads_wait_until_they_are_resolved(
    document: Document, amara: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """[CM31] Whoever asked, and whatever became of the words; an answer alone does not settle them."""
    waiting = [
        asked(document, amara, blocking=True),
        asked(document, amara, blocking=True, state=State.ANSWERED.value),
        asked(document, amara, Kind.COMMENT, blocking=True, anchor_state="detached"),
    ]
    asked(document, amara)
    asked(document, amara, blocking=True, state=State.RESOLVED.value)
    with django_assert_num_queries(1):
        assert list(open_blocking(document.proposal)) == waiting


def test_what_was_said_on_earlier_stages_does_not_wait(document: Document, seat: Seat) -> None:
    """[CM30] [CM31] Only the margin of the stage that would be handed in."""
    asked(document, seat.person, blocking=True)
    Proposal.objects.update(stage="business_case")
    document.proposal.refresh_from_db()
    assert not unanswered_requests(document.proposal).exists()
    assert not open_blocking(document.proposal).exists()
