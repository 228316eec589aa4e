"""Pages of the roof: the board, a proposal, its two keys, the committee's desk, and the change itself."""

from proposals.workflow.views.decision import decision
from proposals.workflow.views.implementation import evaluation_start, go_live, pause, resumption
from proposals.workflow.views.keys import confirmation, sign_off, submission
from proposals.workflow.views.leads import conclusion, leads, test_start
from proposals.workflow.views.proposal import board, proposal
from proposals.workflow.views.reconsideration import reconsideration
from proposals.workflow.views.search import search
from proposals.workflow.views.secretary import papers, schedule, screening
from proposals.workflow.views.withdrawal import withdrawal

__all__ = [
    "board",
    "conclusion",
    "confirmation",
    "decision",
    "evaluation_start",
    "go_live",
    "leads",
    "papers",
    "pause",
    "proposal",
    "reconsideration",
    "resumption",
    "schedule",
    "screening",
    "search",
    "sign_off",
    "submission",
    "test_start",
    "withdrawal",
]
