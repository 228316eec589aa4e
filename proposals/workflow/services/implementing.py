"""The change itself: it goes live on both halves' word, can be paused and resumed, and is evaluated."""

from contextlib import suppress
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from proposals.editing import services as editing
from proposals.editing.services import StillOpen
from proposals.portfolio import services as portfolio
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Document, Proposal
from proposals.workflow.domain.moves import Move, State
from proposals.workflow.models import Launch
from proposals.workflow.services.agreeing import agreed
from proposals.workflow.services.moving import BadInput, demand, half_of, halves, locked, moved, say
from workspaces.models import Person, Seat

# When the effect on patients is looked at, unless the pair says otherwise (domain reference 1.4).
REVIEW_AFTER = timedelta(days=183)
LONGEST_REASON = 2_000


@transaction.atomic
def go_live(proposal: Proposal, live_on: date, review_on: date | None = None, *, by: Person) -> Launch | None:
    """Say that the change is live from a day on. It is once both have said the same; None until then."""
    row = locked(proposal)
    half_of(row, by)
    demand(row, Move.GO_LIVE)
    review = review_on or live_on + REVIEW_AFTER
    if live_on > timezone.localdate():
        raise BadInput("live_on", "That day has not come yet. Say this once the change is live.")
    if review <= live_on:
        raise BadInput("review_on", "Choose a day for looking at the effect that comes after the start.")
    terms = {"live_on": live_on.isoformat(), "review_on": review.isoformat()}
    if not agreed(row, Move.GO_LIVE, terms, by=by, others=halves(row)):
        headline = f"{by.name} says that “{row.title}” is live from {live_on:%-d %B %Y}: do you agree?"
        say(row, headline, by=by, to=halves(row))
        return None
    made = Launch.objects.create(proposal=row, live_on=live_on, review_on=review)
    moved(row, Move.GO_LIVE, State(Stage.IMPLEMENTATION, Status.LIVE), by=by, facts=terms)
    say(row, f"“{row.title}” is live from {live_on:%-d %B %Y}", by=by)
    return made


@transaction.atomic
def pause(proposal: Proposal, reason: str, *, by: Person) -> None:
    """Stop at once, on one half's word: safety does not wait for two."""
    row = locked(proposal)
    half_of(row, by)
    demand(row, Move.PAUSE)
    said = reasoned(reason, "Say why it stops. Whoever lets it go on reads this.")
    moved(row, Move.PAUSE, State(Stage.IMPLEMENTATION, Status.PAUSED), by=by, reason=said)
    say(row, f"{by.name} paused “{row.title}”", by=by, to=_all(row), text=said)


@transaction.atomic
def resume(proposal: Proposal, reason: str, *, by: Person) -> None:
    """Let it go on: the chair of the committee does, who is not of the pair."""
    row = locked(proposal)
    if by.pk in halves(row) or not _chairs(row).filter(person=by).exists():
        raise PermissionDenied("Only the chair of the committee that decided on it lets it go on.")
    demand(row, Move.RESUME)
    said = reasoned(reason, "Say why it can go on.")
    moved(row, Move.RESUME, State(Stage.IMPLEMENTATION, Status.LIVE), by=by, reason=said)
    say(row, f"{by.name} lets “{row.title}” go on", by=by, text=said)


@transaction.atomic
def start_evaluation(proposal: Proposal, reason: str = "", *, by: Person) -> Document:
    """Open the evaluation. Before the day of review, or without one, it takes a reason."""
    row = locked(proposal)
    half_of(row, by)
    facts = demand(row, Move.EVALUATE)
    early = facts.review_on is None or timezone.localdate() < facts.review_on
    said = (
        reasoned(reason, "The day of review has not come. Say why you look at it now.") if early else reason
    )
    moved(row, Move.EVALUATE, State(Stage.EVALUATION, Status.DRAFTING), by=by, reason=said.strip())
    document = opened(row, Stage.EVALUATION, by=by)
    say(row, f"{by.name} began the evaluation of “{row.title}”", by=by)
    return document


def opened(proposal: Proposal, stage: Stage, *, by: Person | None) -> Document:
    """The text of a stage, to be written; one that was handed in before goes on in its next epoch."""
    document = portfolio.open_document(proposal, stage, by=by)
    with suppress(StillOpen):
        editing.thaw(document, by=by)
    return document


def reasoned(reason: str, sentence: str) -> str:
    """The reason without spaces around it; refused where there is none."""
    said = reason.strip()
    if not said:
        raise BadInput("reason", sentence)
    if len(said) > LONGEST_REASON:
        raise BadInput("reason", f"Use {LONGEST_REASON:,} characters at most.")
    return said


def _chairs(proposal: Proposal) -> QuerySet[Seat]:
    return Seat.objects.filter(committee=proposal.committee_id, role=Seat.CHAIR, ended_at=None)


def _all(proposal: Proposal) -> set[int]:
    """The pair, and the chair who will be asked whether it may go on."""
    return halves(proposal) | set(_chairs(proposal).values_list("person", flat=True))
