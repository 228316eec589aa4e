"""What the gates ask about a proposal: answers only, no rows and no questions to anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.workflow.domain.moves import State
from workspaces.domain.pairing import PAIR_SIDES, Side


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """One section of the current text, what it lacks and who has confirmed exactly what it says."""

    key: str
    title: str
    hash: str
    required: bool
    needs: frozenset[Side]  # who has to confirm it
    lacks: tuple[str, ...] = ()  # sentences
    confirmed: frozenset[Side] = frozenset()
    lapsed: frozenset[Side] = frozenset()  # confirmed what it said before, not what it says now

    @property
    def waits_for(self) -> list[Side]:
        return [side for side in PAIR_SIDES if side in self.needs and side not in self.confirmed]


@dataclass(frozen=True, slots=True)
class Question:
    """Something open in the margin that holds the pair up: marked as blocking, or asked by the committee."""

    section: str
    asker: str
    # The committee judges the answer when the text comes back: the pair answers, and that is enough.
    of_committee: bool = False


@dataclass(frozen=True, slots=True)
class CommitteeFacts:
    """Who decides; empty names where a seat is empty."""

    name: str = ""
    secretary: str = ""
    chair: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything at once. `None` stands for a question that nobody can answer yet, and is not demanded."""

    stage: Stage
    status: Status
    route: Route | None = None
    names: Mapping[Side, str] = field(default_factory=dict)
    pair_stands: bool = True
    withdrawn: bool = False
    readable: bool = True
    sections: tuple[SectionFacts, ...] = ()
    sha256: str = ""
    signed: frozenset[Side] = frozenset()
    questions: tuple[Question, ...] = ()
    committee: CommitteeFacts | None = None
    leads: tuple[str, ...] = ()
    # The safety screen of the concept: None where it has none, else whether every answer is "no".
    no_harm: bool | None = None
    measure_kinds: frozenset[str] | None = None
    option_kinds: frozenset[str] | None = None
    has_expected_step: bool | None = None
    # Before the change starts.
    conditions: tuple[str, ...] = ()
    review_on: date | None = None
    today: date | None = None
    # Answered by parts of the product that do not exist yet (selectors/elsewhere.py).
    qia_signed: bool | None = None
    ehia_signed: bool | None = None
    budgets_confirmed: bool | None = None
    patients_answered: bool | None = None
    identifiers_clear: bool | None = None
    points_after_go_live: int | None = None
    quorum: bool | None = None

    @property
    def state(self) -> State:
        return State(self.stage, self.status)

    @property
    def is_signed(self) -> bool:
        """Both have signed exactly what is written now."""
        return bool(self.sha256) and self.signed == frozenset(PAIR_SIDES)

    def name(self, side: Side) -> str:
        return self.names.get(side) or f"the {side.value}"

    @property
    def both(self) -> str:
        return " and ".join(self.name(side) for side in PAIR_SIDES)
