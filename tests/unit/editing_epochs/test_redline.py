"""What changed between two texts, and that the account of it is complete."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.editing.domain.content import Content
from proposals.editing.domain.redline import ADDED, REMOVED, SAME, Changes, Line, redline


@dataclass(frozen=True)
class Part:
    """A section as the template has it."""

    key: str = "summary"
    title: str = "Summary"
    fields: Sequence[dict[str, object]] = field(default=())
    columns: Sequence[dict[str, object]] = field(default=())


def compare(old: str, new: str) -> Changes:
    return redline([Part()], Content(texts={"summary": old}), Content(texts={"summary": new}))[0]


def shown(line: Line) -> str:
    signs = {ADDED: "+", REMOVED: "-"}
    return "".join(
        piece.text if piece.kind == SAME else f"[{signs[piece.kind]}{piece.text}]" for piece in line.pieces
    )


def test_words_inside_a_changed_paragraph() -> None:
    """[ED130] Only the words that changed; paragraphs are matched by what they share, not by their place."""
    found = compare(
        "One stays.\n\nPeople wait too long for a bed.\n",
        "New.\n\nOne stays.\n\nPeople wait for a bed here.\n",
    )
    assert [(line.kind, shown(line)) for line in found.lines] == [
        ("added", "[+New.]"),
        ("same", "One stays."),
        ("changed", "People wait [-too long ]for a bed[+ here]."),
    ]
    assert found.count == 2


def test_neighbouring_words_read_as_one_change() -> None:
    """[ED130]"""
    (line,) = compare("It will take three long years to do.\n", "It will take a short time to do.\n").lines
    assert shown(line) == "It will take [-three long years][+a short time] to do."


def test_a_change_of_kind_is_said_in_words() -> None:
    """[ED130] Bold, headings and lists show in no word, so a note says it."""
    kinds = compare("Why we ask\n\nStays bold.\n", "### Why we ask\n\nStays **bold**.\n")
    assert [(line.kind, line.note) for line in kinds.lines] == [
        ("changed", "Was a paragraph, is a heading"),
        ("changed", "Bold, italics or links changed"),
    ]


def test_answers_and_rows() -> None:
    """[ED130] An answer is named by its question, a row known by its id."""
    part = Part(
        fields=[{"key": "by", "label": "By when", "kind": "date"}, {"key": "to", "label": "To"}],
        columns=[{"key": "who", "label": "Who"}, {"key": "stance", "label": "Stance"}],
    )
    old = Content(
        forms={"summary": {"by": "2026-03-31"}},
        registers={
            "summary": [{"id": "a", "who": "Sisters"}, {"id": "b", "who": "Carers"}, {"id": "c", "who": "C"}]
        },
    )
    new = Content(
        forms={"summary": {"by": "2026-04-30", "to": "30%"}},
        registers={"summary": [{"id": "c", "who": "C"}, {"id": "a", "who": "Sisters", "stance": "For"}]},
    )
    (found,) = redline([part], old, new)
    assert [(line.label, line.kind, shown(line), line.number) for line in found.lines] == [
        ("By when", "changed", "[-31 March][+30 April] 2026", "1.1"),
        ("To", "added", "[+30%]", "1.2"),
        ("", "same", "Who: C", "1.3"),
        ("", "changed", "Who: Sisters[+; Stance: For]", "1.4"),
        ("", "removed", "[-Who: Carers]", ""),
    ]


WORDS = st.lists(
    st.sampled_from(["a", "bed", "wait", "long", "😀", "é", "x.", "1,5"]), min_size=1, max_size=8
)
PROSE = st.lists(WORDS.map(" ".join), max_size=6).map("\n\n".join)


@given(PROSE, PROSE)
@settings(max_examples=150)
def test_the_account_is_complete(old: str, new: str) -> None:
    """[ED130] Leaving out what came gives the older words, leaving out what went the newer ones; in order."""
    lines = compare(old, new).lines
    for left_out, text in ((ADDED, old), (REMOVED, new)):
        kept = ["".join(p.text for p in line.pieces if p.kind != left_out) for line in lines]
        assert [words.split() for words in kept if words.split()] == [
            block.split() for block in text.split("\n\n") if block.split()
        ]


def text_of(chance: Random, paragraphs: int) -> list[str]:
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(1_500)]
    return [" ".join(chance.choices(words, k=chance.randint(20, 70))) for _ in range(paragraphs)]


def test_it_is_quick() -> None:
    """[ED131] 44,000 characters with 30 edited paragraphs: below 0.3 seconds of processor time."""
    chance = Random(3)
    old = text_of(chance, 160)
    new = list(old)
    for n in chance.sample(range(160), 30):
        words = new[n].split()
        words[3:5] = ["a", "few", "other", "words"]
        new[n] = " ".join(words)
    assert len("\n\n".join(old)) > 44_000
    started = time.process_time()
    found = compare("\n\n".join(old), "\n\n".join(new))
    assert time.process_time() - started < 0.3
    assert found.count == 30


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 22_000, "a " * 21_000 + "b " * 500),
        ("\n\n".join(["a b " * 240] * 100), "\n\n".join(["x " + "b c a " * 160 + "y"] * 100)),
        ("\n\n".join(["a"] * 4_000), "\n\n".join(["a"] * 3_000 + ["b"] * 900)),
    ],
    ids=["one word", "two words", "many paragraphs"],
)
def test_no_text_takes_for_ever(old: str, new: str) -> None:
    """[ED131] Texts made to be slow are compared more roughly."""
    started = time.process_time()
    assert compare(old, new).count
    assert time.process_time() - started < 3
