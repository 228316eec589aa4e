"""Two people who edit one section at once, and many threads on its words: to see what becomes of them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from pycrdt import Doc, Text

from proposals.comments.domain.anchors import Fate, Quote, Spot, judge, quote_at
from proposals.editing.domain.finding import find, name
from proposals.editing.domain.positions import Position

ROOT = "t:case"
# Few words, so that stretches look alike: harsher than English.
STARTS = ("wa", "be", "ni", "do", "pa", "ri", "to", "fe")
ENDS = ("rd", "ds", "ght", "se", "st", "nk", "£4", "é", "ll", "m")
VOCABULARY = [start + end for start in STARTS for end in ENDS]


@dataclass
class Person:
    """A browser: its own copy of the text, and the other's edits as they come."""

    client: int
    doc: "Doc[Text]" = field(init=False)

    def __post_init__(self) -> None:
        self.doc = Doc({ROOT: Text()}, client_id=self.client)

    @property
    def text(self) -> Text:
        return self.doc.get(ROOT, type=Text)

    def meet(self, other: "Person") -> None:
        mine, theirs = self.doc.get_state(), other.doc.get_state()
        for_them, for_me = self.doc.get_update(theirs), other.doc.get_update(mine)
        other.doc.apply_update(for_them)
        self.doc.apply_update(for_me)


@dataclass
class Anchor:
    """A thread's words, where they were, and of which characters they were made."""

    ends: tuple[Position, Position]
    quotes: tuple[Quote, ...]
    spot: Spot | None = None
    fate: Fate = Fate.KEPT


class Margin:
    """A section with paragraphs, two people in it, and threads that are looked after as the server does."""

    def __init__(self, seed: int, paragraphs: int = 8, words: int = 25) -> None:
        self.random = random.Random(seed)
        self.one, self.two = Person(101), Person(102)
        for _ in range(paragraphs):
            said = " ".join(self.random.choices(VOCABULARY, k=words))
            self.one.text.insert(len(str(self.one.text).encode()), f"\n{said}")
        self.one.meet(self.two)
        self.anchors: list[Anchor] = []

    @property
    def said(self) -> str:
        return str(self.one.text)

    def comment(self, many: int) -> None:
        """Threads on two to six words that stand in one paragraph."""
        said = self.said
        starts = [at + 1 for at, sign in enumerate(said) if sign in " \n" and at + 1 < len(said)]
        spots: list[Spot] = []
        while len(spots) < many:
            start = self.random.choice(starts)
            words = said[start:].partition("\n")[0].split(" ")[: self.random.randint(2, 6)]
            if len(words) >= 2:
                spots.append((start, start + len(" ".join(words))))
        named = name(self.one.doc.get_update(), [(ROOT, *spot) for spot in spots])
        for spot, ends in zip(spots, named, strict=True):
            assert ends is not None
            # An attribute nobody shows goes with the words wherever they go: so the test knows where.
            start, end = _bytes(said, spot[0]), _bytes(said, spot[1])
            self.one.text.format(start, end, {f"a{len(self.anchors)}": True})
            self.anchors.append(Anchor(ends, (quote_at(said, spot),), spot))
        self.one.meet(self.two)

    def survivors(self) -> list[set[int]]:
        """For each thread the characters of its words that are still there, wherever that is."""
        found: list[set[int]] = [set() for _ in self.anchors]
        at = 0
        for said, attributes in self.one.text.diff():
            for key in attributes or {}:
                if key[0] == "a":
                    found[int(key[1:])] |= set(range(at, at + len(said)))
            at += len(said)
        return found

    def look(self) -> None:
        """What the server does when a room has gone quiet."""
        merged = self.one.doc.get_update()
        found = find(merged, [anchor.ends for anchor in self.anchors])
        text = found.texts[ROOT]
        for anchor, spot, frayed in zip(self.anchors, found.stretches, found.frayed, strict=True):
            verdict = judge(text, spot, anchor.quotes)
            anchor.fate, anchor.spot = verdict.fate, verdict.spot
            if verdict.spot is not None:
                anchor.quotes = (quote_at(text, verdict.spot), anchor.quotes[-1])
            if verdict.spot is not None and (verdict.spot != spot or frayed):
                ends = name(merged, [(ROOT, *verdict.spot)])[0]
                assert ends is not None
                anchor.ends = ends

    def edit(self, kinds: list[str]) -> None:
        """Both do something at once, then hear of each other. They cut and paste one after the other."""
        first, second = self.random.choice(kinds), self.random.choice(kinds)
        EDITS[first](self.one.text, self.random)
        if first == second == "moving":
            self.one.meet(self.two)
        EDITS[second](self.two.text, self.random)
        self.one.meet(self.two)


Attributes = dict[str, object]


def _bytes(said: str, at: int) -> int:
    return len(said[:at].encode())


def _cut(text: Text, start: int, end: int) -> None:
    said = str(text)
    del text[_bytes(said, start) : _bytes(said, end)]


def _word_start(said: str, chance: random.Random) -> int:
    starts = [at for at, sign in enumerate(said) if sign == " "] or [len(said)]
    return chance.choice(starts)


def typing(text: Text, chance: random.Random) -> None:
    said = str(text)
    at = _word_start(said, chance)
    words = " ".join(chance.choices(VOCABULARY, k=chance.randint(1, 3)))
    text.insert(_bytes(said, at), f" {words}", _around(text, at))


def deleting(text: Text, chance: random.Random) -> None:
    said = str(text)
    at = _word_start(said, chance)
    end = min(at + chance.randint(1, 12), len(said))
    _cut(text, at, at + len(said[at:end].partition("\n")[0]))


def breaking(text: Text, chance: random.Random) -> None:
    said = str(text)
    at = _word_start(said, chance)
    text.insert(_bytes(said, at), "\n", _around(text, at))


def joining(text: Text, chance: random.Random) -> None:
    said = str(text)
    breaks = [at for at, sign in enumerate(said) if sign == "\n"][1:]
    if breaks:
        at = chance.choice(breaks)
        _cut(text, at, at + 1)


def shaping(text: Text, chance: random.Random) -> None:
    """A heading, a list or a quotation: attributes of the line break that opens the block."""
    said = str(text)
    at = _bytes(said, chance.choice([at for at, sign in enumerate(said) if sign == "\n"]))
    text.format(at, at + 1, chance.choice([{"h": 3}, {"list": "bullet"}, {"quote": True}, {"list": None}]))


def bolding(text: Text, chance: random.Random) -> None:
    said = str(text)
    at = _word_start(said, chance)
    text.format(_bytes(said, at), _bytes(said, min(at + 15, len(said))), {"strong": True})


def moving(text: Text, chance: random.Random) -> None:
    """A whole block is cut and pasted elsewhere."""
    said = str(text)
    breaks = [at for at, sign in enumerate(said) if sign == "\n"]
    nth = chance.randrange(len(breaks))
    start, end = breaks[nth], (breaks[nth + 1] if nth + 1 < len(breaks) else len(said))
    if len(breaks) < 2:
        return
    block = _marked(text, start, end)
    _cut(text, start, end)
    left = str(text)
    at = _bytes(left, chance.choice([at for at, sign in enumerate(left) if sign == "\n"] + [len(left)]))
    for words, attributes in block:
        text.insert(at, words, attributes or {})
        at += len(words.encode())


def _around(text: Text, at: int) -> Attributes:
    """What is typed between two characters of a thread's words becomes its words; beside them it does not."""
    before, after = (_marked(text, start, start + 1) for start in (at - 1, at))
    left = (before[0][1] or {}) if before else {}
    right = (after[0][1] or {}) if after else {}
    return {key: value for key, value in left.items() if key[0] == "a" and key in right}


def _marked(text: Text, start: int, end: int) -> list[tuple[str, Attributes | None]]:
    """A stretch with the attributes of its parts."""
    found, at = [], 0
    for words, attributes in text.diff():
        part = words[max(0, start - at) : max(0, end - at)]
        if part:
            found.append((part, attributes))
        at += len(words)
    return found


EDITS: dict[str, Callable[[Text, random.Random], None]] = {
    "typing": typing,
    "deleting": deleting,
    "breaking": breaking,
    "joining": joining,
    "shaping": shaping,
    "bolding": bolding,
    "moving": moving,
}
MIXED = list(EDITS)
TYPING_HEAVY = ["typing"] * 5 + ["deleting"] * 2 + ["breaking", "joining", "bolding"]
