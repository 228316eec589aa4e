"""Where many proposals stand at once: since when, before which committee, on which days. One question."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Proposal, Supporter
from proposals.review.models import Condition
from proposals.workflow.domain.moves import Move
from proposals.workflow.domain.waits import Point
from proposals.workflow.models import Consent, Launch, Listing, Transition
from proposals.workflow.selectors.bank_holidays import working_days_between
from workspaces.models import Deputy, Person, Seat

# Written down without bringing the proposal anywhere.
STANDING_STILL = [Move.READY.value, Move.SIGN.value, Move.DECIDE.value]
BACK = (Move.RETURN.value, Move.SEND_BACK.value)
THIS = OuterRef("pk")


def points_of(proposals: Collection[Proposal], reader: Person) -> dict[int, Point]:
    """Where each of these stands for this reader, by id; one query however many they are."""
    rows = Proposal.objects.filter(pk__in=[each.pk for each in proposals])
    answers = {**_on_the_way(), **_before_whom(reader), "own": Exists(own_work(reader))}
    asked = rows.values("pk", "status", "created_at", "pair__created_at", **answers)
    return {row["pk"]: _point(dict[str, Any](row)) for row in asked}


def own_work(reader: Person) -> QuerySet[Proposal]:
    """The proposal at hand, if the reader has or had a part in it and so decides nothing."""
    beside = Supporter.objects.filter(proposal=THIS, membership__person=reader)
    deputy = Deputy.objects.filter(pair=OuterRef("pair"), membership__person=reader)
    halves = Q(pair__clinician__person=reader) | Q(pair__manager__person=reader)
    return Proposal.objects.filter(halves | Q(Exists(beside)) | Q(Exists(deputy)), pk=THIS)


def sits(reader: Person, *roles: str) -> QuerySet[Seat]:
    """The reader's own seat on the committee of the proposal at hand, if it is one of these."""
    return Seat.objects.filter(committee=OuterRef("committee"), person=reader, role__in=roles, ended_at=None)


def review_day() -> Subquery:
    """When the effect of the change at hand is to be looked at."""
    return Subquery(Launch.objects.filter(proposal=THIS).order_by("-pk").values("review_on")[:1])


def _on_the_way() -> dict[str, Any]:
    moves = Transition.objects.filter(proposal=THIS).exclude(move__in=STANDING_STILL).order_by("-pk")
    listings = Listing.objects.filter(submission__proposal=THIS).order_by("-pk")
    waiting = Condition.objects.filter(decision__proposal=THIS, before_start=True, discharged_at=None)
    counted = waiting.order_by().values("decision__proposal").annotate(many=Count("pk"))
    return {
        "move": Subquery(moves.values("move")[:1]),
        "came_at": Subquery(moves.values("at")[:1]),
        "by": Subquery(moves.values("by__name")[:1]),
        "together": Exists(_second_wish()),
        "meets_on": Subquery(listings.values("meets_on")[:1]),
        "papers_by": Subquery(listings.values("papers_by")[:1]),
        "review_on": review_day(),
        "conditions": Subquery(counted.values("many")),
    }


def _second_wish() -> QuerySet[Consent]:
    """The wish of one half to put it away, that was open when the other's word did it."""
    ends = Transition.objects.filter(proposal=OuterRef("proposal"), move=Move.WITHDRAW.value)
    wishes = Consent.objects.filter(proposal=THIS, move=Move.WITHDRAW.value)
    return wishes.filter(ended_at__gte=Subquery(ends.values("at")[:1])).exclude(
        by=Subquery(ends.values("by")[:1])
    )


def _before_whom(reader: Person) -> dict[str, Any]:
    here = Seat.objects.filter(committee=OuterRef("committee"), ended_at=None).order_by("-pk")

    def holder(role: str) -> Subquery:
        return Subquery(here.filter(role=role).values("person__name")[:1])

    return {
        "body": F("committee__name"),
        "secretary": holder(Seat.SECRETARY),
        "chair": holder(Seat.CHAIR),
        "seat": Subquery(here.filter(person=reader).values("role")[:1]),
    }


def _point(row: dict[str, Any]) -> Point:
    came_on, today = timezone.localdate(row["came_at"] or row["created_at"]), timezone.localdate()
    return Point(
        status=Status(row["status"]),
        days=working_days_between(came_on, today),
        asked=working_days_between(timezone.localdate(row["pair__created_at"]), today),
        came_on=came_on,
        committee=row["body"] or "",
        secretary=row["secretary"] or "",
        chair=row["chair"] or "",
        seat="" if row["own"] else row["seat"] or "",
        meets_on=row["meets_on"],
        papers_by=row["papers_by"],
        review_on=row["review_on"],
        today=today,
        conditions=row["conditions"] or 0,
        returned=row["move"] in BACK,
        by=row["by"] or "",
        together=row["together"],
    )
