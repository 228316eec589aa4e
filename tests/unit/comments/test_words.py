"""Words of a frozen text, found by what was selected on a page."""

import pytest

from proposals.comments.domain.anchors import NoAnchor
from proposals.comments.domain.words import Words, find_words

TEXT = "\nOlder people wait too long.\nThey wait  too long, too.\nNobody should wait."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (Words("Older people"), "Older people"),
        (Words("people wait too long. They"), "people wait too long.\nThey"),
        (Words("  Nobody\n\nshould "), "Nobody should"),
        (Words("wait too long", prefix="They "), "wait  too long"),
        (Words("wait too long", suffix=". They"), "wait too long"),
        (Words("wait", prefix="The problem Nobody should", suffix=". 9 of 300 words"), "wait"),
    ],
)
def test_they_stand_where_they_fit_best(words: Words, found: str) -> None:
    """[CM33] White space is as the page shows it; what stands beside them decides between several."""
    start, end = find_words(TEXT, words)
    assert TEXT[start:end] == found
    if words.prefix:
        assert words.prefix.split()[-1] == TEXT[:start].rsplit(maxsplit=1)[-1]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (Words("ward"), "not in the written text"),
        (Words("too long", prefix="wait ", suffix=""), "more than once"),
        (Words("wait"), "more than once"),
        (Words(" \n "), "Select some words"),
        (Words("x" * 501), "Select up to 500"),
    ],
)
def test_a_doubt_is_said(words: Words, why: str) -> None:
    """[CM33] Nowhere, in several places alike, none, too many."""
    with pytest.raises(NoAnchor, match=why):
        find_words(TEXT, words)


def test_much_text_is_searched_quickly() -> None:
    """[CM33] Also where the words stand a hundred thousand times."""
    with pytest.raises(NoAnchor):
        find_words("a " * 100_000, Words("a a a"))
