"""Whose turn it is, asked of every proposal at once: the same answer as the words on each of them."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from proposals.portfolio.access import PAIR_PARTS, visible_proposals
from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Proposal, Supporter
from proposals.portfolio.standing import open_deputies
from proposals.workflow.domain.moves import HANDED_IN
from proposals.workflow.domain.waits import WITH_THE_PAIR
from proposals.workflow.selectors.points import own_work, review_day, sits
from workspaces.models import Membership, Person, Seat


def due_to(person: Person) -> QuerySet[Proposal]:
    """The proposals that wait for this person: as half, beside them, or on a committee."""
    pair = Q(pk__in=visible_proposals(person).values("pk")) & _with_the_pair(person)
    found = Proposal.objects.select_related(*PAIR_PARTS).alias(review_on=review_day())
    return found.filter(pair | _at_the_desk(person), withdrawn_at=None)


def _with_the_pair(person: Person) -> Q:
    mine = Membership.objects.filter(person=person, ended_at=None)
    clinician, manager = Q(pair__clinician__in=mine), Q(pair__manager__in=mine)
    half = clinician | manager
    accepted = (clinician & Q(pair__clinician_accepted_at__isnull=False)) | (
        manager & Q(pair__manager_accepted_at__isnull=False)
    )
    lasts, ended = Q(pair__ended_at=None), Q(pair__ended_at__isnull=False)
    both = Q(pair__clinician_accepted_at__isnull=False, pair__manager_accepted_at__isnull=False)
    stands = lasts & both
    asked_or_left = (lasts & half & ~accepted) | (ended & accepted)
    written = Q(status=Status.DRAFTING) & stands & (half | _beside(mine))
    begun = Q(status__in=[Status.TESTING, Status.MOBILISING]) | Q(
        status=Status.LIVE, review_on__lte=timezone.localdate()
    )
    return (Q(status__in=WITH_THE_PAIR) & asked_or_left) | written | (begun & stands & half)


def _beside(mine: QuerySet[Membership]) -> Q:
    """Who writes as well: a deputy today, or a patient partner."""
    deputies = open_deputies(timezone.localdate()).filter(pair=OuterRef("pair"), membership__in=mine)
    partners = Supporter.objects.filter(
        proposal=OuterRef("pk"), membership__in=mine, role=Supporter.PATIENT_PARTNER
    )
    return Q(Exists(deputies)) | Q(Exists(partners))


def _at_the_desk(person: Person) -> Q:
    secretary = Q(Exists(sits(person, Seat.SECRETARY)), status__in=HANDED_IN)
    chair = Q(Exists(sits(person, Seat.CHAIR)), status__in=[Status.IN_REVIEW, Status.PAUSED])
    return (secretary | chair) & ~Q(Exists(own_work(person)))
