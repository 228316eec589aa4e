"""Who may stand in for one half of a pair, and for how long."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from workspaces.domain.pairing import Halves, Member, Side

LONGEST_MONTHS = 3


@dataclass(frozen=True)
class Term:
    """Days on which a deputy writes for a half, first and last included."""

    starts_on: date
    ends_on: date

    def overlaps(self, other: "Term") -> bool:
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month if it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def why_not_appoint(pair: Halves, person: int, *, side: Side) -> str:
    """Only the half that will be away chooses who stands in for it."""
    half = pair.half(side)
    if half is None:
        return "Only the clinician and the manager of a pair can have a deputy."
    if half.person != person:
        return f"Only {half.name} can choose who stands in for {half.name}."
    if not pair.stands:
        return "A deputy can stand in once both of you have accepted the pair, and until it ends."
    return ""


def why_not_stand_in(pair: Halves, deputy: Member, *, side: Side) -> str:
    """A colleague of the same side and workspace who is not already half of the pair."""
    half = pair.half(side)
    if pair.side_of(deputy.person) is not None or half is None:
        return "A deputy is a third person, neither half of the pair."
    if not deputy.is_open or deputy.workspace != half.workspace:
        return f"{deputy.name} is not a member of this workspace."
    if deputy.side is not side:
        return f"{deputy.name} is not a {side.value}. A deputy stands on the same side as {half.name}."
    return ""


def why_not_term(term: Term, *, today: date) -> str:
    """From today on, at least a day, at most three months."""
    if term.ends_on < term.starts_on:
        return "The last day cannot be before the first day."
    if term.starts_on < today:
        return "The first day cannot be in the past."
    if term.ends_on > months_after(term.starts_on, LONGEST_MONTHS):
        return "A deputy can stand in for three months at most."
    return ""
