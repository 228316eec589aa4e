"""What people are told, what of it leaves by e-mail and when: at once, or with what comes in half an hour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

# The first piece of news opens the window; what comes until it closes leaves in the same mail.
WINDOW = timedelta(minutes=30)


class Kind(StrEnum):
    """What sort of news it is; people choose for each how they hear of it."""

    MENTION = "mention"
    ASSIGNMENT = "assignment"
    DECISION = "decision"
    REPLY = "reply"
    ANSWER = "answer"
    COMMENT = "comment"
    RESOLUTION = "resolution"
    DETACHED = "detached"
    HIDDEN = "hidden"
    PAIR = "pair"
    SIGNATURE = "signature"
    STAGE = "stage"

    @property
    def label(self) -> str:
        return LABELS[self]

    @property
    def way(self) -> "Way":
        """How people hear of it who have not chosen."""
        return Way.AT_ONCE if self in AT_ONCE else Way.DIGEST


LABELS = {
    Kind.MENTION: "Somebody mentions you",
    Kind.ASSIGNMENT: "Something is put to you or your side",
    Kind.DECISION: "A decision about a proposal",
    Kind.REPLY: "A reply where you have commented",
    Kind.ANSWER: "An answer to what you asked",
    Kind.COMMENT: "A new comment on what you write",
    Kind.RESOLUTION: "What you commented on is resolved, or open again",
    Kind.DETACHED: "The words you commented on are gone",
    Kind.HIDDEN: "What you wrote is hidden, or shown again",
    Kind.PAIR: "Pairs, deputies and invitations",
    Kind.SIGNATURE: "Somebody signs, or a signature lapses",
    Kind.STAGE: "A proposal moves to another stage",
}
AT_ONCE = frozenset({Kind.MENTION, Kind.ASSIGNMENT, Kind.DECISION})


class Way(StrEnum):
    """How somebody hears of a kind of news. In the app it always stands."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    APP = "app"

    @property
    def label(self) -> str:
        return {"at_once": "Email at once", "digest": "In the digest", "app": "Only in coprod"}[self.value]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of news as a service tells it. `target` and `part` say what it came from, to find it again."""

    kind: Kind
    headline: str  # one sentence without its full stop, with the name of whoever did it
    url: str  # path of the one page it leads to
    text: str = ""  # Markdown, as somebody wrote it
    proposal: int = 0  # id; 0 with `workspace` for news about no proposal
    workspace: int | None = None
    draft: bool = False  # only for whoever may read the draft, not for the whole workspace
    version: bool = False  # with `draft`: also for the committee that reads what was handed in
    target: str = ""  # as "thread:7": reading or acting on that takes the news with it
    part: int = 0  # as the number of a comment, which can be taken back or reworded
    at_once: bool | None = None  # None: as its kind is


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one person wants to hear of news."""

    by_email: bool = True
    ways: Mapping[str, str] = field(default_factory=dict)
    muted: frozenset[int] = frozenset()

    def way(self, kind: Kind, proposal: int = 0, *, urgent: bool | None = None) -> Way:
        """What a person has chosen comes before what whoever tells thinks."""
        if not self.by_email or proposal in self.muted:
            return Way.APP
        if kind.value in self.ways:
            return Way(self.ways[kind.value])
        return kind.way if urgent is None else (Way.AT_ONCE if urgent else Way.DIGEST)


@dataclass(frozen=True, slots=True)
class Pending:
    """News nobody has decided about yet, whether it is mailed. Read or taken back, it is not pending."""

    pk: int
    person: int
    proposal: int
    kind: Kind
    at: datetime
    urgent: bool | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """News of one proposal that leaves now in one mail to one person."""

    person: int
    news: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of pending news now, and when to look again for what goes on waiting."""

    letters: tuple[Letter, ...]
    unmailed: tuple[int, ...]
    next_at: datetime | None


def plan(pending: Iterable[Pending], wishes: Mapping[int, Wishes], now: datetime) -> Plan:
    """Decide: what a person wants at once leaves now; the rest of a proposal when its window closes."""
    groups: dict[tuple[int, int, Way], list[Pending]] = {}
    for each in pending:
        way = wishes.get(each.person, Wishes()).way(each.kind, each.proposal, urgent=each.urgent)
        groups.setdefault((each.person, each.proposal, way), []).append(each)
    letters: list[Letter] = []
    unmailed: list[int] = []
    later: list[datetime] = []
    for (person, _, way), news in groups.items():
        numbers = tuple(each.pk for each in sorted(news, key=lambda each: (each.at, each.pk)))
        closes = min(each.at for each in news) + WINDOW
        if way is Way.APP:
            unmailed += numbers
        elif way is Way.AT_ONCE or closes <= now:
            letters.append(Letter(person, numbers))
        else:
            later.append(closes)
    return Plan(tuple(letters), tuple(unmailed), min(later, default=None))
