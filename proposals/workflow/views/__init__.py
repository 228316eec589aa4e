"""Pages of the roof: the board, a proposal, its two keys and its handing in, and the secretary's desk."""

from proposals.workflow.views.decision import decision
from proposals.workflow.views.keys import confirmation, sign_off, submission
from proposals.workflow.views.proposal import board, proposal
from proposals.workflow.views.secretary import papers, schedule, screening

__all__ = [
    "board",
    "confirmation",
    "decision",
    "papers",
    "proposal",
    "schedule",
    "screening",
    "sign_off",
    "submission",
]
