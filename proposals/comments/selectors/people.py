"""Reads about people: who may read a draft and can be called, and how much is new for somebody."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from proposals.comments.domain.mentions import Name, Somebody, names
from proposals.comments.models import Thread
from proposals.comments.selectors.threads import seats_of, with_unread
from proposals.portfolio.access import reads_text
from proposals.portfolio.models import Proposal, Supporter
from proposals.portfolio.standing import halves_of, open_deputies, open_leads
from workspaces.domain.pairing import Side
from workspaces.models import Membership, Person, Seat


def unread_of(person: Person, proposals: Iterable[Proposal]) -> dict[int, int]:
    """How many threads of each proposal hold something new for the person; none where they read no drafts."""
    threads = Thread.objects.filter(document__proposal__in=drafts_of(person, proposals))
    new = with_unread(threads, person).filter(Q(("unread__gt", 0)))
    return dict(Counter(new.values_list("document__proposal_id", flat=True)))


def drafts_of(person: Person, proposals: Iterable[Proposal]) -> QuerySet[Proposal]:
    """Those of the proposals whose drafts the person may read today."""
    return drafts_for(person).filter(pk__in=[proposal.pk for proposal in proposals])


def drafts_for(person: Person, *, on: date | None = None) -> QuerySet[Proposal]:
    """The proposals whose drafts the person may read on that day (today if not given)."""
    return Proposal.objects.filter(reads_text(person, on=on))


def versions_for(person: Person) -> QuerySet[Proposal]:
    """The proposals of which the person reads what was handed in, from a seat on the committee."""
    seats = Seat.objects.filter(person=person, ended_at=None, person__is_active=True)
    return Proposal.objects.filter(committee__in=seats.values("committee"))


def readers_of(proposal: Proposal, *, version: bool = False) -> list[Somebody]:
    """Who may read the drafts of a proposal today; with `version` also the committee it was handed to."""
    readers = _readers_of(proposal)
    if not version or proposal.committee_id is None:
        return readers
    known = {each.person for each in readers}
    seats = seats_of(proposal).exclude(person__in=known).select_related("person")
    return [*readers, *(Somebody(seat.person_id, seat.person.name) for seat in seats)]


def _readers_of(proposal: Proposal) -> list[Somebody]:
    """Who may read the drafts, and for which side each of them speaks."""
    deputies = open_deputies(timezone.localdate()).filter(pair=proposal.pair_id)
    supporters = Supporter.objects.filter(proposal=proposal)
    partners = supporters.filter(role=Supporter.PATIENT_PARTNER)
    leads = open_leads().filter(proposal=proposal)
    halves = halves_of(proposal.pair)
    rows = (
        Membership.objects.filter(workspace=proposal.workspace_id, ended_at=None, person__is_active=True)
        .filter(
            Q(pk__in=halves)
            | Q(pk__in=deputies.values("membership"))
            | Q(pk__in=supporters.values("membership"))
            | Q(pk__in=leads.values("membership"))
        )
        .annotate(
            deputy_side=Subquery(deputies.filter(membership=OuterRef("pk")).values("side")[:1]),
            partner=Subquery(partners.filter(membership=OuterRef("pk")).values("role")[:1]),
        )
        .select_related("person")
    )
    return [
        Somebody(
            row.person_id, row.person.name, halves.get(row.pk) or _speaks_for(row.deputy_side, row.partner)
        )
        for row in rows
    ]


def _speaks_for(deputy_side: str | None, partner: str | None) -> Side | None:
    if deputy_side:
        return Side(deputy_side)
    return Side.PATIENT_PARTNER if partner else None


def names_for(person: Person, proposal: Proposal, *, version: bool = False) -> list[Name]:
    """Whom the person can call in the margin of a draft, or with `version` of what was handed in."""
    return names(readers_of(proposal, version=version), by=person.pk)


def others_in(proposal: Proposal, readers: Iterable[Somebody]) -> list[Somebody]:
    """Colleagues who are not among those who may read it."""
    known = {each.person for each in readers}
    rows = Membership.objects.filter(workspace=proposal.workspace_id, ended_at=None).select_related("person")
    return [Somebody(row.person_id, row.person.name) for row in rows if row.person_id not in known]
