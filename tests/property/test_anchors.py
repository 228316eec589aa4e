"""Many threads, two people who edit at once: words are found again or visibly missed, never mistaken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.comments.domain.anchors import Fate, Quote, find_again, judge, quote_at
from tests.load.anchors import tally
from tests.margins import MIXED, TYPING_HEAVY, Margin

LETTERS = st.sampled_from(["a", "b", "ward ", "bed ", "😀", "£", "\n"])
TEXTS = st.lists(LETTERS, max_size=40).map("".join)


@pytest.mark.parametrize(
    ("kinds", "edits", "least"),
    [(MIXED, 12, 99.0), (TYPING_HEAVY, 40, 98.0)],
    ids=["12 mixed", "40 typing-heavy"],
)
def test_threads_stay_on_the_right_words(*, kinds: list[str], edits: int, least: float) -> None:
    """[CM29] Of 400 threads, after everything two people did at once; all others are detached in sight."""
    got = tally(kinds, edits)
    assert 100 * got.right / got.there >= least
    assert (got.wrong, got.gone_wrong) == (0, 0)
    assert got.there + got.gone_detached == 400


@settings(max_examples=25, derandomize=True)
@given(st.integers(0, 10**6), st.sampled_from([MIXED, TYPING_HEAVY]))
def test_a_thread_stands_somewhere_or_nowhere(seed: int, kinds: list[str]) -> None:
    """[CM17] Inside its text, on some words; what it is said to have moved to are the very words it had."""
    margin = Margin(seed, paragraphs=3, words=8)
    margin.comment(5)
    for _ in range(6):
        before = [anchor.quotes for anchor in margin.anchors]
        margin.edit(kinds)
        margin.look()
        for anchor, quotes in zip(margin.anchors, before, strict=True):
            if anchor.spot is None:
                assert anchor.fate is Fate.LOST
                continue
            start, end = anchor.spot
            assert 0 <= start < end <= len(margin.said)
            if anchor.fate is Fate.MOVED:
                assert margin.said[start:end] in {quote.exact for quote in quotes}


@given(TEXTS, TEXTS, st.data())
def test_words_are_found_where_alone_they_stand(text: str, other: str, data: st.DataObject) -> None:
    """[CM17] In an unchanged text at the same place, in any text where they stand, or not at all."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = quote_at(text, (start, end))
    assert find_again(text, quote) in (None, (start, end))
    assert Quote.from_json(quote.as_json()) == quote
    found = find_again(other, quote)
    assert found is None or other[slice(*found)] == quote.exact
    assert judge(other, None, (quote,)).spot == found
