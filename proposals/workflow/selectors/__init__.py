"""Reads of the roof: the board, the history, and what the gates ask of every other wing."""

from proposals.workflow.selectors.board import Board, Entry, Row, board_of, history_of, matching, turn_of
from proposals.workflow.selectors.confirmations import (
    SectionState,
    changes_since,
    confirmations_of,
)
from proposals.workflow.selectors.facts import facts_of
from proposals.workflow.selectors.found import Finds, Found, found_for, similar_to
from proposals.workflow.selectors.launches import consents_to, launch_of, newest_of
from proposals.workflow.selectors.leads import candidates, leads_of, said_by_leads
from proposals.workflow.selectors.points import points_of
from proposals.workflow.selectors.reconsiderations import last_day_to_ask, request_of
from proposals.workflow.selectors.submissions import submission_of
from proposals.workflow.selectors.verdicts import verdict_of
from proposals.workflow.selectors.withdrawals import reached, withdraws_alone

__all__ = [
    "Board",
    "Entry",
    "Finds",
    "Found",
    "Row",
    "SectionState",
    "board_of",
    "candidates",
    "changes_since",
    "confirmations_of",
    "consents_to",
    "facts_of",
    "found_for",
    "history_of",
    "last_day_to_ask",
    "launch_of",
    "leads_of",
    "matching",
    "newest_of",
    "points_of",
    "reached",
    "request_of",
    "said_by_leads",
    "similar_to",
    "submission_of",
    "turn_of",
    "verdict_of",
    "withdraws_alone",
]
