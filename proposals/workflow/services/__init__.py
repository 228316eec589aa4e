"""What brings a proposal on: keys, signatures, handing in, the secretary, decisions, the change."""

from proposals.workflow.domain.gates import GateShut
from proposals.workflow.services.deciding import decide
from proposals.workflow.services.due import run_due
from proposals.workflow.services.handing import submit
from proposals.workflow.services.implementing import go_live, pause, resume, start_evaluation
from proposals.workflow.services.leading import Conclusion, begin_test, conclude, take_back
from proposals.workflow.services.moving import BadInput, TextChanged
from proposals.workflow.services.naming import name_lead
from proposals.workflow.services.reconsidering import ask_again, reconsider
from proposals.workflow.services.secretary import (
    PAPER_DAYS,
    Change,
    accept_submission,
    schedule,
    send_back,
    send_papers,
)
from proposals.workflow.services.signing import confirm, sign_off
from proposals.workflow.services.withdrawing import agree_to_withdraw, keep, keep_after_all, withdraw

__all__ = [
    "PAPER_DAYS",
    "BadInput",
    "Change",
    "Conclusion",
    "GateShut",
    "TextChanged",
    "accept_submission",
    "agree_to_withdraw",
    "ask_again",
    "begin_test",
    "conclude",
    "confirm",
    "decide",
    "go_live",
    "keep",
    "keep_after_all",
    "name_lead",
    "pause",
    "reconsider",
    "resume",
    "run_due",
    "schedule",
    "send_back",
    "send_papers",
    "sign_off",
    "start_evaluation",
    "submit",
    "take_back",
    "withdraw",
]
