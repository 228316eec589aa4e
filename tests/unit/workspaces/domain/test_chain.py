"""The chain of the record, as a rule: whatever is changed, left out, moved or cut off is found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspaces.domain.chain import GENESIS, Link, fault, seal

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def chain(length: int) -> list[tuple[Link, str]]:
    made: list[tuple[Link, str]] = []
    for number in range(1, length + 1):
        previous = made[-1][1] if made else GENESIS
        link = Link(
            number,
            previous,
            START + timedelta(minutes=number),
            number % 3,
            7,
            "sign",
            f"proposal:{number}",
            {"at": "Größe"},
        )
        made.append((link, seal(link)))
    return made


def head(made: Sequence[tuple[Link, str]]) -> tuple[int, str]:
    return (made[-1][0].number, made[-1][1]) if made else (0, GENESIS)


@given(st.integers(0, 12))
def test_a_whole_chain_holds(length: int) -> None:
    """[WS25]"""
    made = chain(length)
    assert fault(made, head(made)) == ""


@given(st.integers(1, 12), st.data())
def test_whatever_is_left_out_is_found(length: int, data: st.DataObject) -> None:
    """[WS25]"""
    made = chain(length)
    gone = data.draw(st.integers(0, length - 1))
    assert fault(made[:gone] + made[gone + 1 :], head(made)) != ""


@given(st.integers(2, 12), st.data())
def test_entries_that_changed_places_are_found(length: int, data: st.DataObject) -> None:
    """[WS25]"""
    made = chain(length)
    one, other = data.draw(st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True))
    moved = list(made)
    moved[one], moved[other] = moved[other], moved[one]
    assert fault(moved, head(made)) != ""


@pytest.mark.parametrize(
    "change",
    [
        {"by": 99},
        {"by": None},
        {"verb": "decide"},
        {"target": "proposal:99"},
        {"workspace": 8},
        {"at": START},
        {"facts": {"at": "Große"}},
        {"facts": {}},
    ],
    ids=str,
)
def test_a_changed_entry_is_named(change: dict[str, object]) -> None:
    """[WS25]"""
    made = chain(5)
    made[2] = (replace(made[2][0], **change), made[2][1])  # type: ignore[arg-type]
    said = fault(made, head(made))
    assert said.startswith("Entry 3 (")
    assert "has been changed since it was written" in said


def test_an_entry_sealed_anew_breaks_the_next_one() -> None:
    """[WS25]"""
    made = chain(3)
    forged = replace(made[1][0], by=99)
    made[1] = (forged, seal(forged))
    assert fault(made, head(made)).startswith("Entry 3 (")


def test_the_same_moment_elsewhere_gives_the_same_seal() -> None:
    """[WS25]"""
    link = chain(1)[0][0]
    elsewhere = replace(link, at=link.at.astimezone(tz=None))
    assert seal(elsewhere) == seal(link)
