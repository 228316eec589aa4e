"""What has come due by a day: texts to open, papers to send, notes nobody joined, the archive."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Proposal
from proposals.review.models import Condition
from proposals.workflow.domain.days import years_before
from proposals.workflow.domain.moves import ENDINGS, Move
from proposals.workflow.models import Launch, Listing, Retention, SignOff, Submission, Transition
from workspaces.models import News

# How long a colleague has to answer, and how long before its day a condition is called to mind.
ANSWER_WITHIN = timedelta(days=14)
SOON = timedelta(days=7)
SOON_TOLD, LATE_TOLD = 1, 2
THIS = OuterRef("pk")


def evaluations_due(today: date) -> QuerySet[Proposal]:
    """Changes and tests whose day of review has come. Each such day opens one evaluation, and no second."""
    newest = Launch.objects.filter(proposal=THIS).order_by("-pk")
    since = OuterRef("launched_at")
    opened = Transition.objects.filter(proposal=THIS, move=Move.EVALUATE.value, at__gte=since)
    found = Proposal.objects.filter(
        stage=Stage.IMPLEMENTATION, status__in=[Status.TESTING, Status.LIVE, Status.PAUSED]
    ).alias(review_on=Subquery(newest.values("review_on")[:1]), launched_at=Subquery(newest.values("at")[:1]))
    return found.filter(~Exists(opened), review_on__lte=today)


def papers_due(today: date) -> QuerySet[Proposal]:
    """What is on an agenda, with papers to go out today or before."""
    submission = Submission.objects.filter(proposal=OuterRef("submission__proposal")).order_by("-pk")
    newest = Listing.objects.filter(
        submission__proposal=THIS, submission=Subquery(submission.values("pk")[:1])
    ).order_by("-pk")
    return Proposal.objects.filter(status=Status.SCHEDULED).alias(
        papers_by=Subquery(newest.values("papers_by")[:1])
    ).filter(papers_by__lte=today)  # fmt: skip


def unanswered(today: date) -> QuerySet[Proposal]:
    """Proposals whose other half was asked more than fourteen days ago and has not said anything."""
    waits = Q(pair__clinician_accepted_at=None) | Q(pair__manager_accepted_at=None)
    late = Q(pair__ended_at=None, pair__created_at__date__lt=today - ANSWER_WITHIN)
    return Proposal.objects.filter(waits & late, withdrawn_at=None)


def archive_due(today: date) -> QuerySet[Proposal]:
    """Closed proposals that were kept as long as the rule of today says; none where there is no rule."""
    closed = Proposal.objects.filter(stage=Stage.CLOSED, status__in=ENDINGS)
    rule = retention(today)
    if rule is None:
        return closed.none()
    ends = Transition.objects.filter(proposal=THIS, to_stage=Stage.CLOSED.value).order_by("-pk")
    closed_on = TruncDate(Subquery(ends.values("at")[:1]))
    return closed.alias(closed_on=closed_on).filter(closed_on__lte=years_before(today, rule.years))


def retention(today: date) -> Retention | None:
    """How long closed proposals are kept, as the newest rule in force says."""
    return Retention.objects.filter(valid_from__lte=today).order_by("-valid_from").first()


def conditions_due(today: date) -> QuerySet[Condition]:
    """Conditions of open proposals whose day is near or past, and of which nobody has been told that."""
    waiting = Condition.objects.filter(discharged_at=None, due__lte=today + SOON)
    return waiting.exclude(decision__proposal__stage=Stage.CLOSED)


def told_of(target: str, part: int) -> bool:
    """Whether anybody has been told this already."""
    return News.objects.filter(target=target, part=part).exists()


def signed_texts(_today: date) -> QuerySet[Proposal]:
    """Proposals that are being written and carry a signature, which may have lapsed."""
    signed = SignOff.objects.filter(document__proposal=THIS, document__stage=OuterRef("stage"))
    return Proposal.objects.filter(Exists(signed), status=Status.DRAFTING)
