"""Whom a proposal waits for once it has left its writers, since how long, and for what, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from proposals.portfolio.domain.stages import Status
from proposals.workflow.domain.turns import Turn
from workspaces.domain.pairing import Halves

# Here the two of the pair, or whoever writes with them, have the next word.
WITH_THE_PAIR = (Status.DRAFTING, Status.TESTING, Status.MOBILISING, Status.LIVE)


@dataclass(frozen=True, slots=True)
class Point:
    """Where a proposal stands: since when, before whom, and the days that were fixed. Names may be empty."""

    status: Status
    days: int = 0  # working days since it came here
    asked: int = 0  # working days since the pair was put together
    came_on: date | None = None
    committee: str = ""
    secretary: str = ""
    chair: str = ""
    seat: str = ""  # the reader's own on that committee, where they have no part in the proposal
    meets_on: date | None = None
    papers_by: date | None = None
    review_on: date | None = None
    today: date | None = None
    conditions: int = 0  # to be met before the change may start
    returned: bool = False
    by: str = ""  # whose word brought it here
    together: bool = False  # that was the word of both


def wait(point: Point, halves: Halves, *, reader: int, writes: bool = False) -> Turn | None:
    """Whose turn it is, and how long it has waited for them; None where domain/turns.py has the word.

    That is as long as a text is written for the first time, and where the pair does not stand that should
    have the next word. `writes`: the reader writes as well as the two.
    """
    if point.status in WITH_THE_PAIR and not halves.stands:
        return _asked(point, halves, reader)
    return TOLD[point.status](point, _Reader(halves, reader, point.seat, writes))


def _asked(point: Point, halves: Halves, reader: int) -> Turn | None:
    missing = halves.missing()
    if halves.ended or any(half.person == reader for half in missing):
        return None
    return Turn(f"{waiting(point.asked)} for {' and '.join(half.name for half in missing)} to accept")


# What happens meanwhile, and what one can do about it; nothing for a text that is being written.
MEANWHILE: Mapping[Status, str] = {
    Status.SUBMITTED: "The secretary looks whether it is complete and on the right route. "
    "The text stays as it was handed in.",
    Status.SCREENED: "It is complete, and waits for a day on the committee's agenda. "
    "The text stays as it was handed in.",
    Status.SCHEDULED: "The papers go out some days before the meeting. The text stays as it was handed in.",
    Status.IN_REVIEW: "The committee reads what was handed in, and says what it decides and why.",
    Status.TESTING: "The change is tried on a small scale. Nothing is written until its effect is looked at.",
    Status.MOBILISING: "The start is being prepared. The change counts as live once the clinician and the "
    "manager have both said the same day.",
    Status.LIVE: "The change is in place. Either of the two can pause it at once, with a reason. "
    "Nothing is written until its effect is looked at.",
    Status.PAUSED: "The change stands still. The chair of the committee reads why, and lets it go on once it "
    "can; or its effect is looked at now.",
    Status.ADOPTED: "The change stays. All that was written is kept to read.",
    Status.ABANDONED: "The change ends. What was learned is kept to read.",
    Status.DECLINED: "It ends here. All that was written is kept to read.",
    Status.WITHDRAWN: "It ends here. All that was written is kept to read.",
    Status.ARCHIVED: "All that was written is kept to read.",
}


def waiting(days: int) -> str:
    """“Waiting 6 working days”."""
    if days < 1:
        return "Waiting since today"
    return f"Waiting {days} working day{'' if days == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class _Reader:
    halves: Halves
    person: int
    seat: str
    writes: bool = False

    @property
    def is_half(self) -> bool:
        return self.halves.side_of(self.person) is not None

    @property
    def pair(self) -> str:
        """The two by name; to one of them, “you and the other”."""
        both = (self.halves.clinician, self.halves.manager)
        if self.is_half:
            return "you and " + next(half.name for half in both if half.person != self.person)
        return " and ".join(half.name for half in both)

    def sits(self, *roles: str) -> bool:
        return self.seat in roles


def _someone(name: str, role: str, committee: str) -> str:
    """“Grace Whitlock, secretary of the Investment Committee”; the role alone where nobody holds it."""
    of = f" of the {committee}" if committee else ""
    return f"{name}, {role}{of}," if name else f"a {role}{of}"


def _desk(deed: str) -> Callable[[Point, _Reader], Turn]:
    def told(point: Point, reader: _Reader) -> Turn:
        mine = reader.sits("secretary")
        who = "you" if mine else _someone(point.secretary, "secretary", point.committee)
        return Turn(f"{waiting(point.days)} for {who} to {deed}", is_mine=mine)

    return told


def _scheduled(point: Point, reader: _Reader) -> Turn:
    mine = reader.sits("secretary")
    who = "you" if mine else _someone(point.secretary, "secretary", point.committee)
    due = f", due on {_day(point.papers_by)}" if point.papers_by else ""
    return Turn(f"{_agenda(point)}. Waiting for {who} to send the papers{due}", is_mine=mine)


def _in_review(point: Point, reader: _Reader) -> Turn:
    mine = reader.sits("secretary", "chair")
    body = f"the {point.committee}" if point.committee else "the committee"
    said = f"{waiting(point.days)} for {body} to decide"
    meets = f". It meets on {_day(point.meets_on)}" if point.meets_on else ""
    return Turn(said + meets, is_mine=mine)


def _testing(point: Point, reader: _Reader) -> Turn:
    since = f" since {_day(point.came_on)}" if point.came_on else ""
    return Turn(f"Being tested{since}. {_upper(reader.pair)} look at its effect next", is_mine=reader.is_half)


def _mobilising(point: Point, reader: _Reader) -> Turn:
    if point.conditions:
        count = f"{point.conditions} condition{'' if point.conditions == 1 else 's'}"
        verb = "has" if point.conditions == 1 else "have"
        return Turn(f"Approved. {count} {verb} to be met before it starts", is_mine=reader.is_half)
    return Turn(f"{waiting(point.days)} for {reader.pair} to say that it is live", is_mine=reader.is_half)


def _live(point: Point, reader: _Reader) -> Turn:
    if point.review_on is None:
        return Turn("Live")
    if point.today is not None and point.review_on <= point.today:
        said = f"Live. Its effect was to be looked at on {_day(point.review_on)}: waiting for {reader.pair}"
        return Turn(said, is_mine=reader.is_half)
    return Turn(f"Live. Its effect on patients is looked at on {_day(point.review_on)}")


def _paused(point: Point, reader: _Reader) -> Turn:
    mine = reader.sits("chair")
    who = "you" if mine else _someone(point.chair, "chair", point.committee)
    return Turn(f"Paused. {waiting(point.days)} for {who} to let it go on", is_mine=mine)


def _ended(word: str) -> Callable[[Point, _Reader], Turn]:
    def told(point: Point, _reader: _Reader) -> Turn:
        return Turn(f"{word} on {_day(point.came_on)}" if point.came_on else word)

    return told


def _declined(point: Point, _reader: _Reader) -> Turn:
    by = f" by the {point.committee}" if point.committee else ""
    return Turn(f"Declined on {_day(point.came_on)}{by}")


def _withdrawn(point: Point, reader: _Reader) -> Turn:
    both = " and ".join(half.name for half in (reader.halves.clinician, reader.halves.manager))
    who = both if point.together else point.by
    on = f" on {_day(point.came_on)}" if point.came_on else ""
    return Turn(f"Withdrawn{on}" + (f" by {who}" if who else ""))


def _returned(point: Point, reader: _Reader) -> Turn | None:
    """Drafting again: with the list of what has to change in the margin."""
    if not point.returned:
        return None
    ago = f"{point.days} working day{'' if point.days == 1 else 's'} ago" if point.days else "today"
    besides = ", and so can you" if reader.writes and not reader.is_half else ""
    said = f"Returned {ago}. {_upper(reader.pair)} work on what was asked for{besides}"
    return Turn(said, is_mine=reader.is_half or reader.writes)


def _agenda(point: Point) -> str:
    return f"On the agenda of {_day(point.meets_on)}" if point.meets_on else "On the agenda"


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


TOLD: Mapping[Status, Callable[[Point, _Reader], Turn | None]] = {
    Status.DRAFTING: _returned,
    Status.SUBMITTED: _desk("take it in or send it back"),
    Status.SCREENED: _desk("give it a day"),
    Status.SCHEDULED: _scheduled,
    Status.IN_REVIEW: _in_review,
    Status.TESTING: _testing,
    Status.MOBILISING: _mobilising,
    Status.LIVE: _live,
    Status.PAUSED: _paused,
    Status.ADOPTED: _ended("Adopted"),
    Status.ABANDONED: _ended("Abandoned"),
    Status.DECLINED: _declined,
    Status.WITHDRAWN: _withdrawn,
    Status.ARCHIVED: _ended("Put in the archive"),
}
