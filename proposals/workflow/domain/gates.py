"""The gate: may this move be made now, and if not, what is missing, where, and who can supply it."""

from dataclasses import dataclass

from proposals.portfolio.domain.stages import Route, Stage
from proposals.workflow.domain import criteria as c
from proposals.workflow.domain.criteria import Criterion, Missing
from proposals.workflow.domain.facts import Facts
from proposals.workflow.domain.moves import RULES, WRITTEN, Move
from workspaces.domain.refusals import RefusedError

READY: tuple[Criterion, ...] = (
    c.text_readable,
    c.pair_stands,
    c.route_chosen,
    c.sections_complete,
    c.no_identifiers,
    c.no_blocking_question,
)
SIGN = (*READY, c.sections_confirmed)
SUBMIT = (*SIGN, c.both_signed, c.not_for_leads, c.committee_seated)
CASE = (
    *SUBMIT,
    c.assessments_signed,
    c.budgets_confirmed,
    c.measures_planned,
    c.options_compared,
    c.patients_answered,
)
LEADS = (*SIGN, c.both_signed, c.route_is_test, c.leads_named)

# Whatever is not here needs only that the move begins where the proposal stands.
GATES: dict[tuple[Stage, Move], tuple[Criterion, ...]] = {
    **{(stage, Move.READY): READY for stage in WRITTEN},
    **{(stage, Move.SIGN): SIGN for stage in WRITTEN},
    (Stage.CONCEPT, Move.SUBMIT): SUBMIT,
    (Stage.BUSINESS_CASE, Move.SUBMIT): CASE,
    (Stage.EVALUATION, Move.SUBMIT): (*SUBMIT, c.patients_answered),
    (Stage.CONCEPT, Move.TEST): (*LEADS, c.screened_safe),
    **{(stage, Move.SCREEN): (c.route_chosen,) for stage in WRITTEN},
    **{(stage, Move.DECIDE): (c.committee_seated, c.quorum_there) for stage in WRITTEN},
    **{(stage, Move.REFER_UP): (c.parent_exists,) for stage in WRITTEN},
    (Stage.IMPLEMENTATION, Move.GO_LIVE): (c.pair_stands, c.conditions_met),
    (Stage.IMPLEMENTATION, Move.EVALUATE): (c.pair_stands,),
    (Stage.CLOSED, Move.RECONSIDER): (c.parent_exists,),
}
CONCLUDED_BY_LEADS = LEADS


@dataclass(frozen=True, slots=True)
class Asked:
    """What one person, or both together, can supply: single things, and the sections they have to confirm."""

    who: str
    things: tuple[Missing, ...]
    confirmations: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Open, or shut with everything that is missing. The page, the JSON and the guard are this one object."""

    move: Move
    missing: tuple[Missing, ...] = ()

    @property
    def open(self) -> bool:
        return not self.missing

    @property
    def by_who(self) -> list[Asked]:
        """The same, in the order in which people are first asked for something."""
        parts: dict[str, list[Missing]] = {}
        for each in self.missing:
            parts.setdefault(each.who, []).append(each)
        return [
            Asked(
                who,
                tuple(each for each in asked if each.code != "confirmation"),
                tuple(each for each in asked if each.code == "confirmation"),
            )
            for who, asked in parts.items()
        ]


class GateShut(RefusedError):
    """A move was tried whose gate is shut; nothing has been written."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.missing = verdict.missing
        super().__init__(" ".join(each.sentence for each in verdict.missing))


def check(stage: Stage, move: Move, facts: Facts) -> Verdict:
    """Ask every criterion of the gate, and say all that is missing at once."""
    if facts.withdrawn or facts.state not in RULES[move].sources:
        return Verdict(move, (_not_from_here(facts),))
    asked = _asked(stage, move, facts)
    return Verdict(move, tuple(missing for criterion in asked for missing in criterion(facts)))


def next_move(facts: Facts) -> Move | None:
    """What the pair, or the committee, does next from here; the gate of this is what a page shows."""
    if facts.stage in WRITTEN and facts.status.value == "drafting":
        if not facts.is_signed:
            return Move.SIGN
        return _after_signing(facts)
    return {
        "submitted": Move.SCREEN,
        "screened": Move.SCHEDULE,
        "scheduled": Move.SEND_PAPERS,
        "in_review": Move.DECIDE,
        "mobilising": Move.GO_LIVE,
        "testing": Move.EVALUATE,
        "live": Move.EVALUATE,
        "paused": Move.RESUME,
    }.get(facts.status.value)


def _after_signing(facts: Facts) -> Move:
    if facts.route is not Route.TEST:
        return Move.SUBMIT
    return Move.CONCLUDE if facts.stage is Stage.EVALUATION else Move.TEST


def _asked(stage: Stage, move: Move, facts: Facts) -> tuple[Criterion, ...]:
    if move is Move.CONCLUDE and facts.status.value == "drafting":
        return CONCLUDED_BY_LEADS
    return GATES.get((stage, move), ())


def _not_from_here(facts: Facts) -> Missing:
    where = f"{facts.stage.label}, {facts.status.label[0].lower()}{facts.status.label[1:]}"
    return Missing("state", f"This cannot be done where the proposal stands now: {where}.")
