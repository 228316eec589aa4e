"""Emojis that are cut in two: the library says what Yjs says, on which this is tried (tests/property)."""

import pytest
from pycrdt import Doc, Text

from proposals.editing.domain.halves import mended
from tests.unit.editing_domain.craft import AMARA, BEN, block, text, update

ROOT = "t:why"
GRIN = update(block(AMARA, 0, text("a😀b")))  # clocks 0, 1 and 2, 3


def said(*updates: bytes) -> str:
    doc = Doc({ROOT: Text()})
    for each in mended(updates):
        doc.apply_update(each)
    return str(doc.get(ROOT, type=Text))


def gone(clock: int, length: int) -> bytes:
    return update(deletes={AMARA: [(clock, length)]})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (gone(2, 1), "a\ufffdb"),
        (gone(1, 1), "a\ufffdb"),
        (gone(0, 2), "\ufffdb"),
        (update(block(BEN, 0, text("x", origin=(AMARA, 1)))), "a\ufffd\ufffdbx"),
        (update(block(BEN, 0, text("x", origin=(AMARA, 1), right=(AMARA, 2)))), "a\ufffdx\ufffdb"),
    ],
)
def test_a_cut_sign_is_two_halves(change: bytes, expected: str) -> None:
    """[ED197] Deleted in part, or written into; whichever the library hears of first."""
    assert said(GRIN, change) == expected


def test_a_cut_within_one_update_counts() -> None:
    """[ED197]"""
    assert said(update(block(AMARA, 0, text("a😀b😀")), deletes={AMARA: [(2, 1)]})) == "a\ufffdb😀"


@pytest.mark.parametrize(
    "change", [gone(1, 2), gone(0, 1), gone(3, 1), update(block(BEN, 0, text("x", origin=(AMARA, 2))))]
)
def test_what_cuts_no_sign_stays_as_it_was(change: bytes) -> None:
    """[ED197] To the byte."""
    assert mended([GRIN, change]) == [GRIN, change]


def test_only_what_is_cut_changes() -> None:
    """[ED197]"""
    other = update(block(BEN, 0, text("🎉")))
    changed = mended([other, GRIN, gone(1, 1)])
    assert changed[0] == other
    assert changed[1] != GRIN


def test_what_cannot_be_read_stays_as_it_was() -> None:
    """[ED197] The scribe says what is wrong with it."""
    assert mended([b"\x01", GRIN]) == [b"\x01", GRIN]


def test_the_first_of_several_signs_moves_no_other() -> None:
    """[ED197] Clocks count two for each before it."""
    words = update(block(AMARA, 0, text("😀😁😂")))
    assert said(words, gone(3, 1)) == "😀\ufffd😂"
