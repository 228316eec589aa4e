"""Seats on a committee: given by others, ended by others or given up; the rows stay as history."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from workspaces import audit, notices
from workspaces.domain.committees import Seating, why_not_seat, why_not_unseat
from workspaces.domain.refusals import RefusedError
from workspaces.models import Committee, Person, Seat
from workspaces.selectors import looks_after, open_seats, people_of


@transaction.atomic
def seat(committee: Committee, person: Person, role: str, *, by: Person) -> Seat:
    """Give somebody a seat as chair, secretary or member."""
    # Locked, so that a committee never gets two chairs.
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    taken = list(open_seats(committee))
    seating = Seating(
        name=person.name,
        role=role,
        by_keeper=looks_after(by, committee.organisation_id),
        own=person.pk == by.pk,
        in_organisation=people_of(committee.organisation_id).filter(pk=person.pk).exists(),
        has_seat=any(each.person_id == person.pk for each in taken),
        chair=next((each.person.name for each in taken if each.role == Seat.CHAIR), ""),
    )
    if not seating.by_keeper:
        raise PermissionDenied(why_not_seat(seating))
    if reason := why_not_seat(seating):
        raise RefusedError(reason)
    made = Seat.objects.create(committee=committee, person=person, role=role)
    _record(made, "seat", by=by)
    return made


@transaction.atomic
def unseat(seat: Seat, *, by: Person) -> Seat:
    """End a seat. What its holder decided stays."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("committee", "person").get(pk=seat.pk)
    keeper = looks_after(by, seat.committee.organisation_id)
    if reason := why_not_unseat(own=seat.person_id == by.pk, by_keeper=keeper):
        raise PermissionDenied(reason)
    if seat.ended_at is None:
        seat.ended_at = timezone.now()
        seat.save(update_fields=["ended_at"])
        _record(seat, "unseat", by=by)
    return seat


def _record(seat: Seat, verb: str, *, by: Person) -> None:
    audit.record(
        by=by,
        verb=verb,
        target=f"committee:{seat.committee_id}",
        seat=seat.pk,
        person=seat.person.name,
        role=seat.role,
    )
    notices.publish(f"person.{seat.person_id}", "seat", committee=seat.committee_id)
