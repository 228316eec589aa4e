"""What a committee's decision does to a proposal: which move it is, and where that leads."""

from collections.abc import Collection

from proposals.portfolio.domain.stages import Stage, Status
from proposals.workflow.domain.moves import Move, State

APPROVALS = {"approve": Move.APPROVE_CONCEPT, "approve_with_conditions": Move.APPROVE_WITH_CONDITIONS}
OUTCOMES = {
    "adopt": State(Stage.CLOSED, Status.ADOPTED),
    "abandon": State(Stage.CLOSED, Status.ABANDONED),
    "adapt": State(Stage.IMPLEMENTATION, Status.LIVE),
    "extend": State(Stage.IMPLEMENTATION, Status.LIVE),
}
# What two leads may say after a test; going on with it is no change of the test's size.
EXTENDED = State(Stage.IMPLEMENTATION, Status.TESTING)
AFTER_A_TEST = {"adopt": OUTCOMES["adopt"], "abandon": OUTCOMES["abandon"], "extend": EXTENDED}


def effect(
    stage: Stage, kind: str, *, permissions: Collection[str] = (), outcome: str = ""
) -> tuple[Move, State]:
    """The move that a decision of this kind is at this stage."""
    here = State(stage, Status.IN_REVIEW)
    if kind in APPROVALS:
        return _approval(stage, kind, permissions=permissions, outcome=outcome)
    return {
        "return": (Move.RETURN, State(stage, Status.DRAFTING)),
        "defer": (Move.DEFER, State(stage, Status.SCREENED)),
        "decline": (Move.DECLINE, State(Stage.CLOSED, Status.DECLINED)),
        "refer_up": (Move.REFER_UP, here),
        "note": (Move.DECIDE, here),
    }[kind]


def _approval(stage: Stage, kind: str, *, permissions: Collection[str], outcome: str) -> tuple[Move, State]:
    if stage is Stage.EVALUATION:
        return Move.CONCLUDE, OUTCOMES[outcome]
    conditional = APPROVALS[kind] is Move.APPROVE_WITH_CONDITIONS
    if stage is Stage.BUSINESS_CASE:
        move = Move.APPROVE_WITH_CONDITIONS if conditional else Move.APPROVE_CASE
        return move, State(Stage.IMPLEMENTATION, Status.MOBILISING)
    # Whoever may do both writes the case, and tests meanwhile: the proposal stands where its text is.
    writes = "case" in permissions
    after = (
        State(Stage.BUSINESS_CASE, Status.DRAFTING) if writes else State(Stage.IMPLEMENTATION, Status.TESTING)
    )
    return APPROVALS[kind], after
