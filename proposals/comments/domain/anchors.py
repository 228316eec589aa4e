"""Where in a text a thread belongs: what a browser may say, and what becomes of it as people write on."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from proposals.editing.domain.positions import Position, position
from proposals.editing.domain.wire import Malformed

CONTEXT = 32
LONGEST_QUOTE = 500
# So many characters that agree are no coincidence within one section.
TELLING = 32
_SHORTEST_MATCH = 3
_LONGEST_COMPARED = 4_000

Spot = tuple[int, int]  # characters of the section's text


class NoAnchor(ValueError):  # noqa: N818 - it says what is there
    """What was sent names no place in this section; the message is for people."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a browser says was selected: two places and the words between them."""

    start: Position
    end: Position
    exact: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words and what stands around them. `alone`: nothing in that section looked the same."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    alone: bool = True

    def as_json(self) -> dict[str, object]:
        return {"exact": self.exact, "prefix": self.prefix, "suffix": self.suffix, "alone": self.alone}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Quote":
        exact, prefix, suffix = (str(stored.get(name, "")) for name in ("exact", "prefix", "suffix"))
        return cls(exact, prefix, suffix, alone=bool(stored.get("alone", True)))


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
    found = Quote(
        text[start:end][:LONGEST_QUOTE], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    )
    before, after = _in_block(found)
    return Quote(
        found.exact, found.prefix, found.suffix, alone=_occurs_once(text, before + found.exact + after)
    )


def judge(text: str, spot: Spot | None, quotes: tuple[Quote, ...]) -> Verdict:
    """Stay where the places are while the words there are near; else where alone the same words stand.

    `quotes`: what stood there last, then what stood there at first.
    """
    if spot is not None and spot[0] < spot[1]:
        said = text[spot[0] : spot[1]]
        if any(is_near(said, quote.exact) for quote in quotes):
            return Verdict(Fate.KEPT, spot)
    for quote in quotes:
        again = find_again(text, quote)
        if again is not None:
            return Verdict(Fate.MOVED, again)
    return Verdict(Fate.LOST)


def is_near(said: str, exact: str) -> bool:
    """Whether these are still those words, for the most part of either."""
    if exact in said:
        return True
    if not said.strip():
        return False
    if said in exact:
        return len(said) >= min(_SHORTEST_MATCH, len(exact))
    if len(said) > _LONGEST_COMPARED:
        return False
    blocks = SequenceMatcher(None, said, exact, autojunk=False).get_matching_blocks()
    matched = sum(block.size for block in blocks if block.size >= _SHORTEST_MATCH)
    return 2 * matched >= min(len(said), len(exact))


def find_again(text: str, quote: Quote) -> Spot | None:
    """The one place where the same words stand between the same words. Two such places, or doubts: none."""
    if not quote.exact:
        return None
    spots = [spot for spot in _occurrences(text, quote.exact) if _is_there(text, spot, quote)]
    return spots[0] if len(spots) == 1 else None


def _is_there(text: str, spot: Spot, quote: Quote) -> bool:
    """All of the context agrees, or all that stands in the same block and enough of it to be telling."""
    before, after = text[: spot[0]], text[spot[1] :]
    if before.endswith(quote.prefix) and after.startswith(quote.suffix):
        return _reaches_ends(before, after, quote)
    near_before, near_after = _in_block(quote)
    return (
        quote.alone
        and len(near_before + quote.exact + near_after) >= TELLING
        and before.endswith(near_before)
        and after.startswith(near_after)
    )


def _reaches_ends(before: str, after: str, quote: Quote) -> bool:
    """A context that is cut short stood at the start or the end of the text, and must still."""
    return (len(quote.prefix) == CONTEXT or len(before) == len(quote.prefix)) and (
        len(quote.suffix) == CONTEXT or len(after) == len(quote.suffix)
    )


def _in_block(quote: Quote) -> tuple[str, str]:
    return quote.prefix.rpartition("\n")[2], quote.suffix.partition("\n")[0]


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
