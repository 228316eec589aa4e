"""Anchors: what a browser may send, and what becomes of words."""

import pytest

from proposals.comments.domain.anchors import (
    Fate,
    NoAnchor,
    Quote,
    Spot,
    find_again,
    given,
    is_known,
    is_near,
    judge,
    quote_at,
)
from proposals.editing.domain.positions import Position

PLACE = {"tname": "t:case", "item": {"client": 3, "clock": 4}, "assoc": 0}
LINE_7, LINE_8 = "Ward 7 needs one more bed at night.", "Ward 8 needs one more bed at night."
TEXT = f"\n{LINE_7}\n{LINE_8}\nNothing else is asked for."


def spot(words: str, text: str = TEXT) -> Spot:
    return text.index(words), text.index(words) + len(words)


def test_an_anchor_as_sent() -> None:
    """[CM10]"""
    found = given(PLACE, {**PLACE, "assoc": -1}, "one more\nbed", section="case")
    assert (found.start.after, found.end.after, found.exact) == (False, True, "one more\nbed")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (({**PLACE, "item": 7}, "bed", "case"), "could not be read"),
        ((PLACE, "bed", "costs"), "not in this section"),
        ((PLACE, " \n ", "case"), "Select some words"),
        ((PLACE, "x" * 501, "case"), "up to 500 characters"),
    ],
)
def test_an_anchor_that_is_none(sent: tuple[object, str, str], sentence: str) -> None:
    """[CM11]"""
    start, exact, section = sent
    with pytest.raises(NoAnchor, match=sentence):
        given(start, {**PLACE, "assoc": -1}, exact, section=section)


def test_both_ends_are_in_one_section() -> None:
    """[CM11]"""
    with pytest.raises(NoAnchor):
        given(PLACE, {"tname": "t:costs", "assoc": -1}, "bed", section="case")


def test_only_characters_of_the_saved_text_are_known() -> None:
    """[CM11]"""
    clocks = {3: 5}
    assert is_known(Position("t:case", 3, 4, after=True), clocks)
    assert not is_known(Position("t:case", 3, 5, after=True), clocks)
    assert not is_known(Position("t:case", 4, 0, after=True), clocks)
    assert is_known(Position("t:case", None, 0, after=True), {})


def test_what_is_kept_of_a_place() -> None:
    """[CM17] Words, 32 characters before and after, and whether the section holds their like."""
    quote = quote_at(TEXT, spot("one more bed"))
    assert quote == Quote(
        "one more bed", "\nWard 7 needs ", " at night.\nWard 8 needs one more", only=False, alone=True
    )
    twice = "\nNone known.\nOther words here.\nNone known."
    assert not quote_at(twice, spot("None known.", twice)).alone


@pytest.mark.parametrize(
    ("said", "exact", "near"),
    [
        ("one more bed", "one more bed", True),
        ("one or two more beds", "one more bed", True),
        ("more bed", "one more bed", True),
        ("a paragraph of other things, then one more bed, and yet others", "one more bed", True),
        ("", "one more bed", False),
        (" \n", "one more bed", False),
        ("e", "one more bed", False),
        ("quite other words", "one more bed", False),
        ("x" * 5000, "one more bed", False),
        ("e", "e", True),
    ],
)
def test_words_are_near(said: str, exact: str, *, near: bool) -> None:
    """[CM13]"""
    assert is_near(said, exact) is near


def test_it_stays_where_the_places_are() -> None:
    """[CM13] Also when the same words stand elsewhere."""
    text = "\nWard 7 needs some more beds.\nWard 8 needs one more bed at night."
    quote = Quote("one more bed", "\nWard 7 needs ", ".\nWard 8 needs", only=True, alone=True)
    verdict = judge(text, spot("some more beds", text), (quote,))
    assert (verdict.fate, verdict.spot) == (Fate.KEPT, spot("some more beds", text))


def test_it_takes_back_what_was_cut_off() -> None:
    """[CM14] A half of the words was cut and is back where it was: the thread is on all of them again."""
    quote = quote_at(TEXT, spot("one more bed"))
    for part in ("more bed", "one more", "more"):
        verdict = judge(TEXT, spot(part), (quote,))
        assert (verdict.fate, verdict.spot) == (Fate.KEPT, spot("one more bed"))


def test_it_follows_its_words() -> None:
    """[CM14] The paragraph was moved to the end: its words are there, between the same words."""
    quote = quote_at(TEXT, spot("one more bed"))
    moved = f"\n{LINE_8}\nNothing else is asked for.\n{LINE_7}"
    verdict = judge(moved, (1, 1), (quote,))
    at = moved.rindex("one more bed")
    assert (verdict.fate, verdict.spot) == (Fate.MOVED, (at, at + 12))


def test_it_does_not_go_to_a_look_alike() -> None:
    """[CM17] The line about ward 7 is gone; the one about ward 8 is about something else."""
    quote = quote_at(TEXT, spot("one more bed"))
    left = TEXT.replace("Ward 7 needs one more bed at night.\n", "")
    assert judge(left, None, (quote,)).fate is Fate.LOST
    assert judge(left, (1, 1), (quote,)).fate is Fate.LOST


def test_of_two_copies_it_takes_none() -> None:
    """[CM17] [CM19]"""
    text = "\nThe old people of Marlbeck wait too long for a bed."
    quote = quote_at(text, spot("wait too long", text))
    assert find_again(text + text, quote) is None
    assert find_again(text, quote) == spot("wait too long", text)


def test_a_copy_that_was_always_there_is_another_text() -> None:
    """[CM17] Of two equal paragraphs one is left, in other surroundings: which, nobody can say."""
    line = "Nobody should have to wait for a bed in a corridor."
    text = f"\n{line}\nSome words between.\n{line}\nLast words."
    quote = quote_at(text, (1, 1 + len(line)))
    assert not quote.alone
    assert find_again(f"\nSome words between.\n{line}\nLast words.", quote) is None


def test_short_words_need_all_of_their_surroundings() -> None:
    """[CM17]"""
    text = "\nRisks\nNone known.\nCosts\nAbout forty thousand pounds a year."
    quote = quote_at(text, spot("None", text))
    assert find_again("\nRisks\nSome.\nCosts\nNone, or about forty pounds a year.", quote) is None
    assert find_again(text, quote) == spot("None", text)


def test_what_stood_there_last_comes_before_what_stood_there_first() -> None:
    """[CM16] Undo brings back the newest words."""
    first = quote_at(TEXT, spot("one more bed"))
    newer = TEXT.replace("Ward 7 needs one more", "Ward 7 needs two more")
    last = quote_at(newer, spot("two more bed", newer))
    assert judge(newer, None, (last, first)).spot == spot("two more bed", newer)
    assert judge(TEXT, None, (last, first)).spot == spot("one more bed")
    assert Quote.from_json(last.as_json()) == last


def test_context_at_the_ends_of_a_text_must_stay_there() -> None:
    """[CM17]"""
    quote = Quote("bed", "\n", "")
    assert find_again("\nbed", quote) == (1, 4)
    assert find_again("\nOther\nbed", quote) is None
    assert find_again("\nbed", Quote("")) is None


def test_lines_that_came_between_are_not_taken_in() -> None:
    """[CM13] Enter in the middle of the words, and a whole paragraph pasted there: the larger part stays."""
    quote = Quote("waits for a bed in the corridor", "\nNobody ", " at night.", only=True, alone=True)
    between = "Ward 8 needs one more bed at night, as everybody there has said for a year."
    text = f"\nNobody waits\n{between}\n for a bed in the corridor at night."
    whole = (text.index("waits"), text.index(" at night.", text.index("corridor")))
    verdict = judge(text, whole, (quote,))
    assert (verdict.fate, verdict.spot) == (Fate.KEPT, spot(" for a bed in the corridor", text))
    together = "\nNobody waits for a bed in the corridor at night."
    again = judge(
        together,
        spot(" for a bed in the corridor", together),
        (quote_at(text, verdict.spot or (0, 1)), quote),
    )
    assert again.spot == spot("waits for a bed in the corridor", together)
