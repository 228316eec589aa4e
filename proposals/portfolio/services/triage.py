"""Choosing the route: the pair answers six questions; a secretary may change it, with a reason."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from proposals.portfolio.domain.routes import QUESTIONS, suggest
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Proposal, Triage
from proposals.portfolio.selectors import limits_of, may_change_route, newest_triage
from proposals.portfolio.services.deeds import locked_open, record
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person

TOO_LATE = "The route is chosen while the concept is written. Ask the committee's secretary to change it."
SETTLED = "The committee's secretary has set the route. If your answers have changed, ask for another look."
NOT_YOURS = "Only a secretary of the committee, who is not one of the pair, can change the route."
UNFINISHED = "Answer all six questions; “not sure” is an answer too."
ALREADY = "The proposal is on this route already."
OVER = "This proposal is closed. Its route stays as it was."


@transaction.atomic
def triage(proposal: Proposal, answers: Mapping[str, str], *, by: Person) -> Triage:
    """Record the answers of the pair and take the route they suggest."""
    locked = locked_open(proposal, or_closed=True)
    if (locked.stage, locked.status) != (Stage.CONCEPT, Status.DRAFTING):
        raise RefusedError(TOO_LATE)
    before = newest_triage(locked)
    if before is not None and not before.answers:
        raise RefusedError(SETTLED)
    if any(not answers.get(question.key) for question in QUESTIONS):
        raise RefusedError(UNFINISHED)
    today = timezone.localdate()
    suggested = suggest(answers, limits_of(locked.workspace.organisation, today)).route
    row = Triage.objects.create(
        proposal=locked, answers=dict(answers), suggested=suggested, route=suggested, by=by
    )
    _take(proposal, locked, suggested)
    record(locked, "triage", by=by, route=suggested.value)
    return row


@transaction.atomic
def change_route(proposal: Proposal, route: Route, reason: str, *, by: Person) -> Triage:
    """Set another route, with a reason that everybody who sees the proposal can read."""
    locked = locked_open(proposal, or_closed=True)
    if not may_change_route(by, locked):
        raise RefusedError(NOT_YOURS)
    if locked.stage == Stage.CLOSED:
        raise RefusedError(OVER)
    if locked.route == route:
        raise RefusedError(ALREADY)
    before = newest_triage(locked)
    row = Triage.objects.create(
        proposal=locked,
        suggested=before.suggested if before else "",
        route=route,
        reason=reason,
        by=by,
    )
    old = locked.route
    _take(proposal, locked, route)
    record(locked, "change_route", by=by, old=old, new=route.value, reason=reason)
    return row


def _take(proposal: Proposal, locked: Proposal, route: Route) -> None:
    locked.route = proposal.route = route.value
    locked.save(update_fields=["route", "changed_at"])
