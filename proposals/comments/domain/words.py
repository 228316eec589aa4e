"""Words of a text that changes no more: found by what was selected on a page and what stood around it."""

from dataclasses import dataclass

from proposals.comments.domain.anchors import LONGEST_QUOTE, NoAnchor, Spot

_MOST_SPOTS = 1_000


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody selected on a page, with what the page shows right before and behind it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def find_words(text: str, words: Words) -> Spot:
    """Where these words stand; raises NoAnchor, in words for people, if nowhere or in several places alike.

    A page shows white space in its own way, so any stretch of it is as good as any other.
    """
    line, places = _in_one_line(text)
    exact = " ".join(words.exact.split())
    if not exact:
        raise NoAnchor("Select some words, or comment on the whole section.")
    if len(exact) > LONGEST_QUOTE:
        raise NoAnchor(f"Select up to {LONGEST_QUOTE} characters, or comment on the whole section.")
    found = _all_of(line, exact)
    if not found:
        raise NoAnchor(
            "These words are not in the written text of this section. Tables and single answers take "
            "comments on the whole section."
        )
    before, behind = (" ".join(part.split()) for part in (words.prefix, words.suffix))
    scores = [
        _alike(line[:at].rstrip()[::-1], before[::-1]) + _alike(line[at + len(exact) :].lstrip(), behind)
        for at in found
    ]
    best = max(scores)
    if scores.count(best) > 1:
        raise NoAnchor("These words stand in this section more than once. Select a few more beside them.")
    at = found[scores.index(best)]
    return places[at], places[at + len(exact) - 1] + 1


def _in_one_line(text: str) -> tuple[str, list[int]]:
    """The text with one space for each stretch of white space, and where each character comes from."""
    signs: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        if not sign.isspace():
            signs.append(sign)
            places.append(at)
        elif signs and signs[-1] != " ":
            signs.append(" ")
            places.append(at)
    return "".join(signs), places


def _all_of(line: str, exact: str) -> list[int]:
    found: list[int] = []
    at = line.find(exact)
    while at >= 0 and len(found) < _MOST_SPOTS:
        found.append(at)
        at = line.find(exact, at + 1)
    return found


def _alike(text: str, words: str) -> int:
    """How many characters both begin with."""
    differs = (at for at, (one, other) in enumerate(zip(text, words, strict=False)) if one != other)
    return next(differs, min(len(text), len(words)))
