"""Random moves by anybody, on the table alone: never an illegal state, never a dead end."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from proposals.portfolio.domain.stages import Stage, Status
from proposals.workflow.domain.effects import effect
from proposals.workflow.domain.moves import (
    ARCHIVED,
    IN_REVIEW,
    LEGAL,
    RULES,
    Move,
    State,
    allowed,
    offered,
)

KINDS = ("approve", "approve_with_conditions", "return", "defer", "decline", "refer_up", "note")
OUTCOMES = ("adopt", "adapt", "extend", "abandon")
STATES = [State(stage, status) for stage in Stage for status in Status]


class Walk(RuleBasedStateMachine):
    """One proposal; at each step somebody makes a move, or tries one that is not theirs to make."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State(Stage.CONCEPT, Status.DRAFTING)

    @rule(data=st.data())
    @precondition(lambda self: bool(offered(self.state)))
    def somebody_moves(self, data: st.DataObject) -> None:
        move = data.draw(st.sampled_from(offered(self.state)))
        targets = sorted(t for t in RULES[move].targets if allowed(move, self.state, t))
        assert targets, (self.state, move)
        self.state = data.draw(st.sampled_from(targets))

    @rule(
        kind=st.sampled_from(KINDS),
        outcome=st.sampled_from(OUTCOMES),
        permissions=st.sets(st.sampled_from(["test", "case"]), min_size=1),
    )
    @precondition(lambda self: self.state in IN_REVIEW)
    def a_committee_decides(self, kind: str, outcome: str, permissions: set[str]) -> None:
        move, target = effect(self.state.stage, kind, permissions=permissions, outcome=outcome)
        assert allowed(move, self.state, target), (self.state, move, target)
        self.state = target

    @rule(move=st.sampled_from(list(Move)), end=st.sampled_from(STATES))
    def somebody_tries(self, move: Move, end: State) -> None:
        if allowed(move, self.state, end):
            self.state = end

    @invariant()
    def the_state_is_legal(self) -> None:
        assert self.state in LEGAL

    @invariant()
    def somebody_can_move(self) -> None:
        assert self.state in ARCHIVED or offered(self.state)


def test_a_walk_never_ends_before_the_archive() -> None:
    """[WF22] Thousands of steps, and always one more."""
    run_state_machine_as_test(Walk, settings=settings(max_examples=150, stateful_step_count=60))


@given(st.sampled_from(list(Move)), st.sampled_from(STATES), st.sampled_from(STATES))
def test_no_step_leaves_the_table(move: Move, source: State, target: State) -> None:
    """[WF21] What is allowed begins and ends at states that exist."""
    if allowed(move, source, target):
        assert source in LEGAL
        assert target in LEGAL


def test_the_table_has_all_23() -> None:
    """[WF21] Every number of the reference, each with somebody who makes it."""
    assert {rule.number for rule in RULES.values()} == set(range(1, 24))
    assert set(RULES) == set(Move)
    assert all(rule.by for rule in RULES.values())


def test_every_state_but_the_last_goes_on() -> None:
    """[WF22] Exhaustively."""
    assert all(offered(state) for state in LEGAL - ARCHIVED)
