"""Choosing who stands in for one half of a pair while it is away."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from workspaces import audit, notices, selectors
from workspaces.domain import deputies
from workspaces.domain.deputies import Term
from workspaces.domain.pairing import PAIR_SIDES, Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import Deputy, Membership, Pair, Person


@transaction.atomic
def appoint_deputy(
    pair: Pair, deputy: Membership, *, side: Side, starts_on: date, ends_on: date, by: Person
) -> Deputy:
    """Let a colleague of the same side write for one half between two days, both included."""
    pair = selectors.locked_pair(pair)
    halves = selectors.as_halves(pair)
    term = Term(starts_on, ends_on)
    if reason := deputies.why_not_appoint(halves, by.pk, side=side):
        raise RefusedError(reason) if halves.side_of(by.pk) is side else PermissionDenied(reason)
    reason = deputies.why_not_stand_in(
        halves, selectors.as_member(deputy), side=side
    ) or deputies.why_not_term(term, today=timezone.localdate())
    if reason := reason or _taken(pair, side, term):
        raise RefusedError(reason)
    row = Deputy.objects.create(
        pair=pair,
        side=side.value,
        membership=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        appointed_by=by,
    )
    dates = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    _record(row, by=by, verb="appoint_deputy", side=side.value, **dates)
    return row


@transaction.atomic
def end_deputyship(deputy: Deputy, *, by: Person) -> Deputy:
    """The half that was stood in for, or the deputy, ends it early; ending twice changes nothing."""
    pair = selectors.locked_pair(deputy.pair)
    deputy = Deputy.objects.select_for_update(of=("self",)).select_related("membership").get(pk=deputy.pk)
    half = selectors.as_halves(pair).half(Side(deputy.side))
    if by.pk not in (deputy.membership.person_id, half.person if half else None):
        raise PermissionDenied("Only the deputy, or the person they stand in for, can end this.")
    if deputy.ended_at is None:
        deputy.ended_at = timezone.now()
        deputy.save(update_fields=["ended_at"])
        _record(deputy, by=by, verb="end_deputyship", side=deputy.side)
    return deputy


def _taken(pair: Pair, side: Side, term: Term) -> str:
    """One deputy at a time on each side, or the two halves would no longer be two."""
    for other in selectors.deputies_of(pair).filter(side=side.value):
        if term.overlaps(Term(other.starts_on, other.ends_on)):
            return (
                f"{other.membership.person.name} already stands in from {other.starts_on:%-d %B %Y} "
                f"to {other.ends_on:%-d %B %Y}. End that first, or choose other days."
            )
    return ""


def _record(deputy: Deputy, *, by: Person, verb: str, **facts: object) -> None:
    pair = deputy.pair
    audit.record(
        by=by,
        verb=verb,
        target=f"deputy:{deputy.pk}",
        workspace=pair.workspace,
        pair=pair.pk,
        membership=deputy.membership_id,
        **facts,
    )
    halves = [getattr(pair, side.value).person_id for side in PAIR_SIDES]
    for person in (*halves, deputy.membership.person_id):
        notices.publish(f"person.{person}", "deputy", pair=pair.pk)
