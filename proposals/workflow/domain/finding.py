"""What somebody types to find earlier work: which words count, how many must be met."""

import re
from collections.abc import Sequence

# A title has 160 characters; longer than this, nobody typed it.
LONGEST = 200
MOST_WORDS = 8
LONGEST_WORD = 40
# Around the first word that was found, in characters.
AROUND = 110
# Words that say nothing about what a proposal is about.
EMPTY = frozenset(
    """
    a about after all also an and any are as at be been before better but by can care could do does for
    from get has have he her his how i if in instead into is it its less make many me more most my need
    new no not of off on one or our out over own patient patients people service she so some team than
    that the their them then there these they this those to too under up us was way we were what when
    where which who whom whose why will with would you your
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
ENDINGS = ("ing", "ies", "ed", "es", "s")
SHORTEST_STEM = 4
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def words_in(typed: str) -> list[str]:
    """The words that count, small and without their endings; each once, in the order typed."""
    found: dict[str, None] = {}
    everything = [word.lower()[:LONGEST_WORD] for word in WORD.findall(typed[:LONGEST])]
    for word in everything:
        if word not in EMPTY and len(word) > 1:
            found[_stem(word)] = None
    # Whoever typed nothing but such words means them.
    return list(found or dict.fromkeys(word for word in everything if len(word) > 2))[:MOST_WORDS]


def least(words: Sequence[str]) -> int:
    """How many of the words a proposal must meet to be shown: a third of them."""
    return -(-len(words) // 3)


def excerpt(text: str, words: Sequence[str]) -> str:
    """The first place where one of the words stands, with what is around it, on one line."""
    plain = " ".join(re.sub(r"[*_#>`|]+|^\s*[-\d.]+\s", " ", text, flags=re.MULTILINE).split())
    at = min((place for word in words if (place := plain.lower().find(word)) >= 0), default=-1)
    if at < 0:
        return ""
    first, last = max(0, at - AROUND), at + AROUND
    # Whole words only.
    first = plain.find(" ", first) + 1 if first else 0
    last = plain.rfind(" ", at, last) if last < len(plain) else len(plain)
    if last <= at:
        last = at + AROUND
    return f"{'… ' if first else ''}{plain[first:last]}{' …' if last < len(plain) else ''}"


def _stem(word: str) -> str:
    """“falls” and “falling” find “fall”: the shortest form that still says what it is."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
