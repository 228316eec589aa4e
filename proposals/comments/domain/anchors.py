"""Where in a text a thread belongs: what a browser may say, and what becomes of it as people write on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from proposals.editing.domain.positions import Position, position
from proposals.editing.domain.wire import Malformed

CONTEXT = 32
LONGEST_QUOTE = 500
# So many characters that agree are no coincidence: within one section, and of words that it held only once.
TELLING, TELLING_OF_ONLY = 32, 24
_SHORTEST_MATCH = 3
_LONGEST_COMPARED = 4_000

Spot = tuple[int, int]  # characters of the section's text


class NoAnchor(ValueError):
    """What was sent names no place in this section; the message is for people."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a browser says was selected: two places and the words between them."""

    start: Position
    end: Position
    exact: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words and what stands around them.

    `only`: the section held these words once. `alone`: once, together with the rest of their line.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    only: bool = False
    alone: bool = False

    @property
    def in_line(self) -> tuple[str, str]:
        """What stands around the words in the same line."""
        return self.prefix.rpartition("\n")[2], self.suffix.partition("\n")[0]

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Quote":
        exact, prefix, suffix = (str(stored.get(name, "")) for name in ("exact", "prefix", "suffix"))
        return cls(exact, prefix, suffix, only=bool(stored.get("only")), alone=bool(stored.get("alone")))


class Fate(StrEnum):
    """What became of an anchor."""

    KEPT = "kept"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an anchor, and where it is now."""

    fate: Fate
    spot: Spot | None = None


def given(start: object, end: object, exact: str, *, section: str) -> Given:
    """What a browser sent, if it is of the right form and about this section."""
    try:
        found = Given(position(start), position(end), plain(exact))
    except Malformed:
        raise NoAnchor("The place of this comment could not be read. Select the words again.") from None
    if {found.start.root, found.end.root} != {f"t:{section}"}:
        raise NoAnchor("The words are not in this section. Select them again.")
    if not found.exact.strip():
        raise NoAnchor("Select some words, or comment on the whole section.")
    if len(found.exact) > LONGEST_QUOTE:
        raise NoAnchor(f"Select up to {LONGEST_QUOTE} characters, or comment on the whole section.")
    return found


def is_known(place: Position, clocks: Mapping[int, int]) -> bool:
    """Whether the saved document has such a character at all."""
    return place.client is None or place.clock < clocks.get(place.client, 0)


def plain(text: str) -> str:
    """The text as it is kept: a null character, which not every database can hold, as a sign of its own."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")


def quote_at(text: str, spot: Spot) -> Quote:
    """What stands there, with the characters before and after."""
    start, end = spot
    exact = text[start:end][:LONGEST_QUOTE]
    found = Quote(exact, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
    before, after = found.in_line
    return replace(found, only=_occurs_once(text, exact), alone=_occurs_once(text, before + exact + after))


def judge(text: str, spot: Spot | None, quotes: tuple[Quote, ...]) -> Verdict:
    """Stay where the places are while the words there are near; else where alone the same words stand.

    `quotes`: what stood there last, then what stood there at first.
    """
    if spot is not None and spot[0] < spot[1]:
        if (whole := _whole(text, spot, quotes[-1].exact)) is not None:
            return Verdict(Fate.KEPT, whole)
        if any(is_near(text[slice(*spot)], quote.exact) for quote in quotes):
            return Verdict(Fate.KEPT, _trimmed(text, spot, quotes[0].exact))
    for quote in quotes:
        again = find_again(text, quote)
        if again is not None:
            return Verdict(Fate.MOVED, again)
    return Verdict(Fate.LOST)


def _whole(text: str, spot: Spot, exact: str) -> Spot | None:
    """All of the first words, when the places enclose only a part of them: the rest was cut and is back."""
    start, end = spot
    if exact in text[start:end]:
        return spot
    first = max(0, start - len(exact) + 1)
    at = text.find(exact, first, end + len(exact) - 1)
    return (at, at + len(exact)) if at >= 0 else None


def _trimmed(text: str, spot: Spot, last: str) -> Spot:
    """Without the lines that have come between the words since: the largest part of them that is together."""
    said = text[slice(*spot)]
    if len(said) <= 2 * len(last) + CONTEXT or said.count("\n") <= last.count("\n"):
        return spot
    parts: list[list[tuple[int, int]]] = []
    for block in _matching(said, last):
        if not parts or block[0] - parts[-1][-1][1] > CONTEXT:
            parts.append([])
        parts[-1].append(block)
    if not parts:
        return spot
    best = max(parts, key=lambda part: sum(end - start for start, end in part))
    return spot[0] + best[0][0], spot[0] + best[-1][1]


def is_near(said: str, exact: str) -> bool:
    """Whether these are still those words, for the most part of either."""
    if exact in said:
        return True
    if not said.strip():
        return False
    if said in exact:
        return len(said) >= min(_SHORTEST_MATCH, len(exact))
    matched = sum(end - start for start, end in _matching(said, exact))
    return 2 * matched >= min(len(said), len(exact))


def _matching(said: str, words: str) -> list[tuple[int, int]]:
    """The stretches of what is said that are stretches of these words, in the same order."""
    if len(said) > _LONGEST_COMPARED:
        return []
    blocks = SequenceMatcher(None, said, words, autojunk=False).get_matching_blocks()
    return [(block.a, block.a + block.size) for block in blocks if block.size >= _SHORTEST_MATCH]


def find_again(text: str, quote: Quote) -> Spot | None:
    """The one place where the same words stand between the same words. Two such places, or doubts: none."""
    if not quote.exact:
        return None
    spots = _occurrences(text, quote.exact)
    if quote.only and len(spots) == 1 and _agreeing(text, spots[0], quote) >= TELLING_OF_ONLY:
        return spots[0]
    there = [spot for spot in spots if _is_there(text, spot, quote)]
    return there[0] if len(there) == 1 else None


def _agreeing(text: str, spot: Spot, quote: Quote) -> int:
    """How many characters agree: the words, and without a gap before and behind them."""
    before, after = text[max(0, spot[0] - CONTEXT) : spot[0]], text[spot[1] : spot[1] + CONTEXT]
    return len(quote.exact) + _alike(before[::-1], quote.prefix[::-1]) + _alike(after, quote.suffix)


def _alike(text: str, words: str) -> int:
    """How many characters both begin with."""
    differs = (at for at, (one, other) in enumerate(zip(text, words, strict=False)) if one != other)
    return next(differs, min(len(text), len(words)))


def _is_there(text: str, spot: Spot, quote: Quote) -> bool:
    """All of the context agrees, or all that stands in the same line and enough of it to be telling."""
    before, after = text[: spot[0]], text[spot[1] :]
    if before.endswith(quote.prefix) and after.startswith(quote.suffix):
        return _reaches_ends(before, after, quote)
    ahead, behind = quote.in_line
    return (
        quote.alone
        and len(ahead + quote.exact + behind) >= TELLING
        and before.endswith(ahead)
        and after.startswith(behind)
    )


def _reaches_ends(before: str, after: str, quote: Quote) -> bool:
    """A context that is cut short stood at the start or the end of the text, and must still."""
    return (len(quote.prefix) == CONTEXT or len(before) == len(quote.prefix)) and (
        len(quote.suffix) == CONTEXT or len(after) == len(quote.suffix)
    )


def _occurs_once(text: str, words: str) -> bool:
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) < 0


def _occurrences(text: str, words: str) -> list[Spot]:
    found: list[Spot] = []
    at = text.find(words)
    while at >= 0 and len(found) < _MOST_OCCURRENCES:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


_MOST_OCCURRENCES = 1_000
