"""JSON of others: the same values as in a browser, and never more of them than we can hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.values import Json, parse_json
from proposals.editing.domain.wire import Malformed

LIMITS = Limits(depth=3, values=6)
SOME = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "{[", ",,,,,,,"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["a", "{", ",", "b"]), inner),
    max_leaves=8,
)


def within(value: Json, limits: Limits) -> bool:
    """Counted one level after the other: so many values below the outermost, on so many levels."""
    level: list[Json] = [value]
    seen = 0
    for _ in range(limits.depth):
        level = [each for item in level for each in _below(item)]
        seen += len(level)
        if not level:
            return seen <= limits.values
    return False


def _below(item: Json) -> list[Json]:
    if isinstance(item, dict):
        return list(item.values())
    return item if isinstance(item, list) else []


@given(SOME, st.sampled_from(["", " ", "\n"]), st.sampled_from(["", "\t"]))
def test_what_is_bounded_at_a_glance_is_bounded(value: Json, before: str, after: str) -> None:
    """[ED12] Brackets and commas within words count as well, which only makes the look longer."""
    text = before + json.dumps(value) + after
    if within(value, LIMITS):
        assert parse_json(text, LIMITS) == value
    else:
        with pytest.raises(Malformed):
            parse_json(text, LIMITS)


@pytest.mark.parametrize("text", ["", "{}{}", "{} x", "{", '{"a":NaN}', '{"a":1e999}', "\ufeff{}", "{'a':1}"])
def test_what_no_browser_reads_is_malformed(text: str) -> None:
    """[ED12]"""
    with pytest.raises(Malformed):
        parse_json(text, LIMITS)
