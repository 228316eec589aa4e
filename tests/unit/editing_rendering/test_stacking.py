"""Rows that are read one below the other."""

from proposals.editing.domain.answers import Question, rows
from proposals.editing.domain.stacking import is_wide, record

WORDS: Question = {"key": "a", "label": "Words"}
AMOUNT: Question = {"key": "b", "label": "Amount", "kind": "money"}


def test_which_are() -> None:
    """[ED87] Words need more room than amounts."""
    assert not is_wide([WORDS] * 5)
    assert is_wide([WORDS] * 6)
    assert not is_wide([AMOUNT] * 11)


def test_what_a_row_is_called() -> None:
    """[ED87] By what is said in it first; a number brings along what it numbers."""
    columns = [WORDS, {"key": "c", "label": "More"}, AMOUNT]
    found = rows(columns, [{"a": "B1", "c": "Sleep"}, {"a": "Because of rain"}, {"b": "2500000"}, {}])
    made = [record(row) for row in found]
    assert [one.name for one in made] == ["B1 Sleep", "Because of rain", "£2,500,000", ""]
    assert [len(one.answers) for one in made] == [1, 2, 2, 3]
