"""What makes a decision valid: what each kind needs, the delegated limit, and nobody's own work."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from proposals.review.domain.kinds import Kind, Outcome, Permission


@dataclass(frozen=True, slots=True)
class Worth:
    """What a scheme costs over its whole life, in whole pounds."""

    revenue: int = 0
    capital: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What was delegated to a committee, in whole pounds; None: no limit."""

    revenue: int | None = None
    capital: int | None = None

    @property
    def exist(self) -> bool:
        return self.revenue is not None or self.capital is not None

    def allow(self, worth: Worth) -> bool:
        """Both sums lie within what was delegated; exactly the limit is within it."""
        return _within(worth.revenue, self.revenue) and _within(worth.capital, self.capital)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition as it is put: what, who, by when, and whether before the change may start."""

    text: str = ""
    owner: int | None = None
    due: date | None = None
    before_start: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A decision as the chair puts it."""

    kind: Kind
    reasons: str
    permissions: frozenset[Permission] = frozenset()
    outcome: Outcome | None = None
    review_on: date | None = None
    conditions: tuple[Term, ...] = ()
    changes: tuple[str, ...] = ()
    awaited_on: date | None = None
    awaited: str = ""
    worth: Worth | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What is being decided, and by whom."""

    stage: str
    today: date
    limits: Limits = field(default_factory=Limits)
    has_parent: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing, and which part of the form it belongs to."""

    part: str
    sentence: str


Need = Callable[[Said, Item], Iterable[Fault]]


def faults(said: Said, item: Item) -> list[Fault]:
    """Everything that stands in the way, in the order of the form."""
    return [fault for need in (reasons_given, *NEEDS[said.kind]) for fault in need(said, item)]


def reasons_given(said: Said, _item: Item) -> Iterable[Fault]:
    if not said.reasons.strip():
        yield Fault("reasons", "Give the reasons in plain words. The pair and their colleagues read them.")


def permission_given(said: Said, item: Item) -> Iterable[Fault]:
    if item.stage == "concept" and not said.permissions:
        yield Fault("permissions", "Say what the pair may do next: test, write a business case, or both.")


def outcome_chosen(said: Said, item: Item) -> Iterable[Fault]:
    if item.stage == "evaluation" and said.outcome is None:
        yield Fault("outcome", "Say what becomes of the change: adopt, adapt, extend or abandon.")


def looked_at_again(said: Said, item: Item) -> Iterable[Fault]:
    """A change that goes on without such a day would never be evaluated again."""
    goes_on = said.outcome is not None and said.outcome.goes_on
    if goes_on and said.review_on is None:
        yield Fault("review_on", "Say on which day its effect is looked at again.")
    elif goes_on and said.review_on is not None and said.review_on <= item.today:
        yield Fault("review_on", "Choose a day that is still to come.")
    elif said.review_on is not None and not goes_on:
        yield Fault("review_on", "Only a change that goes on is looked at again. Leave this empty.")


def conditions_whole(said: Said, item: Item) -> Iterable[Fault]:
    if not said.conditions:
        yield Fault("conditions", "Write at least one condition, or approve without conditions.")
    for number, term in enumerate(said.conditions, start=1):
        for part, lack in _lacks(term, item):
            yield Fault(f"conditions.{number}.{part}", f"Condition {number}: {lack}")


def _lacks(term: Term, item: Item) -> Iterable[tuple[str, str]]:
    if not term.text.strip():
        yield "text", "write what has to be done."
    if term.owner is None:
        yield "owner", "name who sees to it."
    if term.due is None:
        yield "due", "give the day by which it is met."
    elif term.due < item.today:
        yield "due", "the day by which it is met has passed already."


def no_conditions(said: Said, _item: Item) -> Iterable[Fault]:
    if said.conditions:
        yield Fault("conditions", "This kind of decision has no conditions. Choose approve with conditions.")


def changes_listed(said: Said, _item: Item) -> Iterable[Fault]:
    if not any(change.strip() for change in said.changes):
        yield Fault("changes", "List what has to change, one change on each line.")


def something_awaited(said: Said, item: Item) -> Iterable[Fault]:
    if said.awaited_on is None and not said.awaited.strip():
        yield Fault("awaited", "Say what the committee waits for: a fact, a day, or both.")
    if said.awaited_on is not None and said.awaited_on < item.today:
        yield Fault("awaited_on", "The day the committee waits for has passed already.")


def somewhere_above(_said: Said, item: Item) -> Iterable[Fault]:
    if not item.has_parent:
        yield Fault("kind", "There is no committee above this one. Decide here, or defer.")


def within_limit(said: Said, item: Item) -> Iterable[Fault]:
    """A business case commits money, so its cost has to be known and within what was delegated."""
    if item.stage != "business_case" or not item.limits.exist:
        return
    if said.worth is None:
        yield Fault(
            "revenue", "Write what it costs over its whole life, so that it can be held to the limit."
        )
    elif not item.limits.allow(said.worth):
        way = "Refer it up." if item.has_parent else "Ask the board, or send it back to be made smaller."
        yield Fault(
            "kind", f"This is above what was delegated to the committee ({spoken(item.limits)}). {way}"
        )


NEEDS: dict[Kind, tuple[Need, ...]] = {
    Kind.APPROVE: (permission_given, outcome_chosen, looked_at_again, no_conditions, within_limit),
    Kind.APPROVE_WITH_CONDITIONS: (
        permission_given,
        outcome_chosen,
        looked_at_again,
        conditions_whole,
        within_limit,
    ),
    Kind.DEFER: (something_awaited, no_conditions),
    Kind.RETURN: (changes_listed, no_conditions),
    Kind.DECLINE: (no_conditions,),
    Kind.REFER_UP: (somewhere_above, no_conditions),
    Kind.NOTE: (no_conditions,),
}


def spoken(limits: Limits) -> str:
    """“£500,000 revenue and £250,000 capital”."""
    sums = ((limits.revenue, "revenue"), (limits.capital, "capital"))
    return " and ".join(f"£{limit:,} {name}" for limit, name in sums if limit is not None)


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody at the table: their seat, and what they are to this proposal besides."""

    name: str
    seat: str  # chair, secretary, member, or empty
    part: str = ""  # "one of the pair", "a deputy", "the coach" …; empty: none


def why_not_decide(chair: Decider | None, recorder: Decider) -> str:
    """The chair decides and the chair or the secretary records it; neither of them on own work."""
    if chair is None:
        return "This committee has no chair. Ask whoever looks after it to give somebody the chair."
    if recorder.seat not in ("chair", "secretary"):
        return "The chair decides, and the chair or the secretary of the committee records it."
    for somebody in (chair, recorder):
        if somebody.part:
            return (
                f"{somebody.name} is {somebody.part} of this proposal, so cannot decide on it. "
                "Ask whoever looks after the committee to give the seat to somebody else."
            )
    return ""


def why_not_discharge(person: Decider, evidence: str, *, met: bool) -> str:
    """A condition is met once, on evidence, in the eyes of the chair or the secretary."""
    if person.seat not in ("chair", "secretary"):
        return "The chair or the secretary of the committee says when a condition is met."
    if person.part:
        return f"You are {person.part} of this proposal, so somebody else on the committee has to do this."
    if met:
        return "This condition has been met already."
    return "" if evidence.strip() else "Say by what you see that the condition is met."


def _within(amount: int, limit: int | None) -> bool:
    return limit is None or amount <= limit
