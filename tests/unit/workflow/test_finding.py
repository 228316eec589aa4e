"""The words that count in what somebody types, and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.workflow.domain.finding import LONGEST_WORD, MOST_WORDS, excerpt, least, words_in


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Fewer falls on the way to the toilet", ["fewer", "fall", "toilet"]),
        ("A breathing clinic; CLINICS!", ["breath", "clinic"]),
        ("the of and", ["the", "and"]),
        ("MB-2026-001", ["mb-2026-001"]),
        ("100% _ ' \" \\ ; --", ["100"]),
        ("", []),
        ("…", []),
    ],
)
def test_the_words_that_count(typed: str, words: list[str]) -> None:
    """[WF73] Small, without endings, each once; empty words only where there are no others."""
    assert words_in(typed) == words


@given(st.text(max_size=2000))
def test_never_too_many(typed: str) -> None:
    """[WF75] However long and strange."""
    words = words_in(typed)
    assert len(words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD for word in words)
    assert least(words) <= max(1, len(words))


@given(st.text(max_size=400), st.lists(st.text("abcdef", min_size=1, max_size=5), max_size=4))
def test_an_excerpt_is_short(text: str, words: list[str]) -> None:
    """[WF73] One line, with one of the words in it or empty."""
    said = excerpt(text, words)
    assert "\n" not in said
    assert len(said) <= 300


def test_an_excerpt_says_it_in_whole_words() -> None:
    """[WF73] Around the first of the words; marks of the text are left out."""
    text = "# Falls\n\n" + "words " * 60 + "**most falls** happen at night. " + "more " * 60
    assert excerpt(text, ["happen"]).startswith("… words")
    assert "most falls happen at night." in excerpt(text, ["happen"])
    assert excerpt(text, ["happen"]).endswith("more …")
    assert excerpt("Nobody fell.", ["clinic"]) == ""
    assert excerpt("x" * 500, ["x"]) == "x" * 110 + " …"
