"""Whether a decline may still be asked about, until when, and what was asked."""

from datetime import date

from django.utils import timezone

from proposals.portfolio.domain.stages import Status
from proposals.portfolio.models import Proposal
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Reconsideration
from proposals.workflow.selectors.bank_holidays import working_day_after
from proposals.workflow.selectors.launches import newest_of

# From the decline on, in working days (domain reference 3).
ASK_WITHIN = 20


def last_day_to_ask(proposal: Proposal) -> date | None:
    """The last day on which it can be asked for; None where it cannot, or has been."""
    declined = newest_of(proposal, Move.DECLINE)
    if declined is None or proposal.status != Status.DECLINED or request_of(proposal):
        return None
    last = working_day_after(timezone.localdate(declined.at), ASK_WITHIN)
    return last if timezone.localdate() <= last else None


def request_of(proposal: Proposal) -> Reconsideration | None:
    """The one request, with what was answered."""
    return Reconsideration.objects.filter(proposal=proposal).select_related("by", "answered_by").first()
