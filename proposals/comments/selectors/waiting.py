"""What in the margin still waits for the pair before a stage can be handed in."""

from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from proposals.comments.domain.threads import Kind, State
from proposals.comments.models import Thread
from proposals.portfolio.models import Document, Proposal
from workspaces.models import Seat

ASKING = [kind.value for kind in Kind if kind.asks]
# From a seat to the committee that has a proposal: its own, or one it was referred up to, at most twice.
_UP = ("committee", "committee__parent", "committee__parent__parent")


def unsettled(document: Document) -> QuerySet[Thread]:
    """Threads of a document that are not resolved, detached ones among them."""
    return Thread.objects.filter(document=document).exclude(state=State.RESOLVED)


def open_blocking(proposal: Proposal) -> QuerySet[Thread]:
    """Threads of the current stage that somebody said must be settled first, and that are not resolved.

    Detached and answered ones count: whoever opened a thread says when it is settled. The oldest first,
    with `opened_by`; one query. For a sentence there are `section`, `kind`, `exact` (its words, or "") and
    `opened_by.name`, which is who can settle it.
    """
    return _current(proposal).filter(blocking=True).exclude(state=State.RESOLVED)


def unanswered_requests(proposal: Proposal) -> QuerySet[Thread]:
    """What the committee asked for on the current stage's text, and nobody has answered.

    A request is a thread that asks (not a plain comment), begun by somebody who then had a seat on the
    proposal's committee, or on one below it that may have referred the proposal up. Answered or resolved is
    enough: the committee judges the answer when the text comes back. The oldest first, with `opened_by`; one
    query. It is for the pair to answer.
    """
    if proposal.committee_id is None:
        return Thread.objects.none()  # before the first submission no committee can have asked for anything
    then = Q(ended_at=None) | Q(ended_at__gte=OuterRef("opened_at"))
    theirs = reduce(or_, (Q((path, proposal.committee_id)) for path in _UP))
    seats = Seat.objects.filter(then, theirs, person=OuterRef("opened_by"))
    asked = _current(proposal).filter(kind__in=ASKING, state=State.OPEN)
    return asked.filter(Exists(seats.filter(given_at__lte=OuterRef("opened_at"))))


def _current(proposal: Proposal) -> QuerySet[Thread]:
    threads = Thread.objects.filter(
        document__proposal=proposal, document__stage=F("document__proposal__stage")
    )
    return threads.select_related("opened_by").order_by("pk")
