"""The 23 moves of a proposal: from where, to where, on whose word, and which gate guards them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from proposals.portfolio.domain.stages import Stage, Status


class State(NamedTuple):
    """Where a proposal stands: a stage, and a place in it. Ready and signed follow from what is written."""

    stage: Stage
    status: Status

    def __str__(self) -> str:
        return f"{self.stage.value}/{self.status.value}"


class Move(StrEnum):
    """What somebody, or the server on their behalf, does to bring a proposal on."""

    BEGIN = "begin"
    READY = "ready"
    SIGN = "sign"
    TEST = "test"
    SUBMIT = "submit"
    SCREEN = "screen"
    SEND_BACK = "send_back"
    SCHEDULE = "schedule"
    SEND_PAPERS = "send_papers"
    DECIDE = "decide"
    APPROVE_CONCEPT = "approve_concept"
    APPROVE_CASE = "approve_case"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    RETURN = "return"
    DEFER = "defer"
    DECLINE = "decline"
    REFER_UP = "refer_up"
    GO_LIVE = "go_live"
    PAUSE = "pause"
    RESUME = "resume"
    EVALUATE = "evaluate"
    CONCLUDE = "conclude"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"
    RECONSIDER = "reconsider"

    @property
    def number(self) -> int:
        return RULES[self].number


class Actor(StrEnum):
    """On whose word a move happens."""

    BOTH = "both"  # the clinician and the manager, each for themselves
    HALF = "half"  # either of them
    LEADS = "leads"  # the two joint leads, who are not the authors
    SECRETARY = "secretary"
    CHAIR = "chair"
    PARENT_CHAIR = "parent_chair"
    SERVER = "server"  # follows from something else that somebody did, or from the date


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    number: int
    sources: frozenset[State]
    targets: frozenset[State]
    by: frozenset[Actor]


WRITTEN = (Stage.CONCEPT, Stage.BUSINESS_CASE, Stage.EVALUATION)
ENDINGS = (Status.ADOPTED, Status.ABANDONED, Status.DECLINED, Status.WITHDRAWN)
UNDER_WAY = (Status.TESTING, Status.MOBILISING, Status.LIVE, Status.PAUSED)
HANDED_IN = (Status.SUBMITTED, Status.SCREENED, Status.SCHEDULED, Status.IN_REVIEW)


def _in(stages: Iterable[Stage], *statuses: Status) -> frozenset[State]:
    return frozenset(State(stage, status) for stage in stages for status in statuses)


def _at(stage: Stage, *statuses: Status) -> frozenset[State]:
    return _in([stage], *statuses)


DRAFTING = _in(WRITTEN, Status.DRAFTING)
IN_REVIEW = _in(WRITTEN, Status.IN_REVIEW)
PROPOSED = _in((Stage.CONCEPT, Stage.BUSINESS_CASE), Status.IN_REVIEW)
LIVE = _at(Stage.IMPLEMENTATION, Status.LIVE)
OPEN = DRAFTING | _in(WRITTEN, *HANDED_IN) | _at(Stage.IMPLEMENTATION, *UNDER_WAY)
CLOSED = _at(Stage.CLOSED, *ENDINGS)
ARCHIVED = _at(Stage.CLOSED, Status.ARCHIVED)
LEGAL = OPEN | CLOSED | ARCHIVED
AFTER_CONCEPT = _at(Stage.IMPLEMENTATION, Status.TESTING) | _at(Stage.BUSINESS_CASE, Status.DRAFTING)
MOBILISING = _at(Stage.IMPLEMENTATION, Status.MOBILISING)


def _rule(number: int, sources: frozenset[State], targets: frozenset[State], *by: Actor) -> Rule:
    return Rule(number, sources, targets, frozenset(by))


RULES: dict[Move, Rule] = {
    Move.BEGIN: _rule(1, frozenset(), _at(Stage.CONCEPT, Status.DRAFTING), Actor.HALF),
    Move.READY: _rule(2, DRAFTING, DRAFTING, Actor.SERVER),
    Move.SIGN: _rule(3, DRAFTING, DRAFTING, Actor.BOTH),
    Move.TEST: _rule(
        4,
        _at(Stage.CONCEPT, Status.DRAFTING),
        _at(Stage.IMPLEMENTATION, Status.TESTING),
        Actor.LEADS,
    ),
    Move.SUBMIT: _rule(5, DRAFTING, _in(WRITTEN, Status.SUBMITTED), Actor.HALF),
    Move.SCREEN: _rule(6, _in(WRITTEN, Status.SUBMITTED), _in(WRITTEN, Status.SCREENED), Actor.SECRETARY),
    Move.SEND_BACK: _rule(6, _in(WRITTEN, Status.SUBMITTED), DRAFTING, Actor.SECRETARY),
    Move.SCHEDULE: _rule(
        7, _in(WRITTEN, Status.SCREENED, Status.SCHEDULED), _in(WRITTEN, Status.SCHEDULED), Actor.SECRETARY
    ),
    Move.SEND_PAPERS: _rule(8, _in(WRITTEN, Status.SCHEDULED), IN_REVIEW, Actor.SERVER, Actor.SECRETARY),
    Move.DECIDE: _rule(9, IN_REVIEW, IN_REVIEW, Actor.CHAIR, Actor.SECRETARY),
    Move.APPROVE_CONCEPT: _rule(
        10, _at(Stage.CONCEPT, Status.IN_REVIEW), AFTER_CONCEPT, Actor.CHAIR, Actor.SECRETARY
    ),
    Move.APPROVE_CASE: _rule(
        11, _at(Stage.BUSINESS_CASE, Status.IN_REVIEW), MOBILISING, Actor.CHAIR, Actor.SECRETARY
    ),
    Move.APPROVE_WITH_CONDITIONS: _rule(
        12, PROPOSED, AFTER_CONCEPT | MOBILISING, Actor.CHAIR, Actor.SECRETARY
    ),
    Move.RETURN: _rule(13, IN_REVIEW, DRAFTING, Actor.CHAIR, Actor.SECRETARY),
    Move.DEFER: _rule(14, IN_REVIEW, _in(WRITTEN, Status.SCREENED), Actor.CHAIR, Actor.SECRETARY),
    Move.DECLINE: _rule(15, IN_REVIEW, _at(Stage.CLOSED, Status.DECLINED), Actor.CHAIR, Actor.SECRETARY),
    Move.REFER_UP: _rule(16, IN_REVIEW, IN_REVIEW, Actor.CHAIR, Actor.SECRETARY),
    Move.GO_LIVE: _rule(17, MOBILISING, LIVE, Actor.BOTH),
    Move.PAUSE: _rule(18, LIVE, _at(Stage.IMPLEMENTATION, Status.PAUSED), Actor.HALF),
    Move.RESUME: _rule(18, _at(Stage.IMPLEMENTATION, Status.PAUSED), LIVE, Actor.CHAIR),
    Move.EVALUATE: _rule(
        19,
        _at(Stage.IMPLEMENTATION, Status.TESTING, Status.LIVE, Status.PAUSED),
        _at(Stage.EVALUATION, Status.DRAFTING),
        Actor.SERVER,
        Actor.HALF,
    ),
    Move.CONCLUDE: _rule(
        20,
        _at(Stage.EVALUATION, Status.IN_REVIEW, Status.DRAFTING),
        _at(Stage.CLOSED, Status.ADOPTED, Status.ABANDONED)
        | _at(Stage.IMPLEMENTATION, Status.LIVE, Status.TESTING),
        Actor.CHAIR,
        Actor.SECRETARY,
        Actor.LEADS,
    ),
    Move.WITHDRAW: _rule(21, OPEN, _at(Stage.CLOSED, Status.WITHDRAWN), Actor.BOTH, Actor.HALF),
    Move.ARCHIVE: _rule(22, CLOSED, ARCHIVED, Actor.SERVER),
    Move.RECONSIDER: _rule(23, _at(Stage.CLOSED, Status.DECLINED), IN_REVIEW, Actor.PARENT_CHAIR),
}


def allowed(move: Move, source: State, target: State) -> bool:
    """Whether the table knows this step. Only an approval leads from one text to another."""
    rule = RULES[move]
    if source not in rule.sources or target not in rule.targets:
        return False
    if move is Move.APPROVE_WITH_CONDITIONS:
        return target in (AFTER_CONCEPT if source.stage is Stage.CONCEPT else MOBILISING)
    both_written = source.stage in WRITTEN and target.stage in WRITTEN
    return not both_written or source.stage is target.stage or move is Move.APPROVE_CONCEPT


def offered(source: State) -> list[Move]:
    """The moves that begin here, in the order of the table."""
    return [move for move, rule in RULES.items() if source in rule.sources]
