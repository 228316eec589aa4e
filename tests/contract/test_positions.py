"""Places in a text: the server finds and names them exactly as Yjs in the browser does."""

import json
from pathlib import Path
from typing import Any

import pytest

from proposals.editing import scribe
from proposals.editing.domain.merging import merge
from proposals.editing.domain.positions import Position, position
from proposals.editing.domain.values import utf16_length
from proposals.editing.domain.wire import Malformed

CASES = json.loads((Path(__file__).parents[1] / "data/anchor_vectors.json").read_text())["cases"]
BOTH = [
    pytest.param(n, whole, id=f"{n}-{'whole' if whole else 'merged'}") for n in range(24) for whole in (1, 0)
]


def data_of(case: dict[str, Any], *, whole: bool) -> bytes:
    """A document as one replica holds it, or as the log puts it together."""
    if whole:
        return bytes.fromhex(case["whole"])
    return merge([bytes.fromhex(update) for update in case["updates"]])


def characters(text: str, index: int) -> int:
    return len(text.encode("utf-16-le")[: 2 * index].decode("utf-16-le"))


def indices(text: str, stretch: tuple[int, int] | None) -> list[int] | None:
    return stretch and [utf16_length(text[:at]) for at in stretch]


@pytest.mark.parametrize(("number", "whole"), BOTH)
def test_places_are_found_where_yjs_finds_them(number: int, whole: int) -> None:
    """[CM12] After edits by three people, with words beyond ASCII and beyond the basic plane."""
    case = CASES[number]
    pairs = [(position(each["start"]), position(each["end"])) for each in case["anchors"]]
    placed = scribe.place(data_of(case, whole=bool(whole)), pairs)
    for each, stretch in zip(case["anchors"], placed.stretches, strict=True):
        text = case["texts"][each["root"]]
        assert placed.texts[each["root"]] == text
        assert indices(text, stretch) == each["at"]


@pytest.mark.parametrize(("number", "whole"), BOTH)
def test_places_are_named_as_yjs_names_them(number: int, whole: int) -> None:
    """[CM12]"""
    case = CASES[number]
    stretches = [
        (each["root"], *(characters(case["texts"][each["root"]], at) for at in each["at"]))
        for each in case["named"]
    ]
    named = scribe.name(data_of(case, whole=bool(whole)), stretches)
    assert [pair and [end.as_json() for end in pair] for pair in named] == [
        [each["start"], each["end"]] for each in case["named"]
    ]


def test_characters_nobody_knows_stand_nowhere() -> None:
    """[CM11] Of unknown clients, of clocks to come and of another text: no panic, no place."""
    data = data_of(CASES[0], whole=True)
    here = position(CASES[0]["anchors"][0]["start"])
    strangers = [
        Position(here.root, 99, 0, after=False),
        Position(here.root, 2, 2**31 - 1, after=False),
        Position("t:how" if here.root == "t:why" else "t:why", here.client, here.clock, after=False),
        Position("t:none", None, 0, after=False),
    ]
    placed = scribe.place(data, [(each, each) for each in strangers])
    assert placed.stretches == [None, None, None, (0, 0)]


def test_stretches_that_are_none_have_no_name() -> None:
    """[CM12]"""
    data = data_of(CASES[0], whole=True)
    assert scribe.name(data, [("t:why", 3, 3), ("t:why", 0, 10**6), ("t:none", 0, 1)]) == [None, None, None]


def test_signs_are_written_into_a_copy() -> None:
    """[CM28] Behind the characters they belong to, emoji and all; the document itself stays as it is."""
    data = scribe.seed({"a": "One 😀 two.\n\nThree.\n"}, {}, {}, roots=["t:a"])
    content = scribe.read(data, ["t:a"], {"t:a": [(6, "(1)"), (10, "(2)"), (10, "(3)")]})
    assert content.texts["a"] == "One 😀(1) two(2)(3).\n\nThree.\n"
    assert scribe.read(data, ["t:a"]).texts["a"] == "One 😀 two.\n\nThree.\n"


ITEM = {"client": 1, "clock": 1}
NO_PLACES: list[object] = [
    None, [], "t:a", 7, {}, {"tname": ""}, {"tname": 7}, {"tname": "t" * 200}, {"item": ITEM},
    {"type": ITEM}, {"type": ITEM, "tname": "t:a"}, {"tname": "t:a", "assoc": 2},
    {"tname": "t:a", "assoc": None}, {"tname": "t:a", "more": 1},
    *({"tname": "t:a", "item": item} for item in (
        {"client": 1}, [1, 1], {**ITEM, "client": -1}, {**ITEM, "client": 1.5}, {**ITEM, "client": True},
        {**ITEM, "clock": 2**31}, {**ITEM, "client": 2**53}, {**ITEM, "more": 1},
    )),
]  # fmt: skip


@pytest.mark.parametrize("value", NO_PLACES)
def test_what_is_no_place_is_refused(value: object) -> None:
    """[CM11]"""
    with pytest.raises(Malformed):
        position(value)


def test_a_place_is_kept_in_one_form() -> None:
    """[CM11]"""
    given = {"type": None, "tname": "t:a", "item": {"clock": 1, "client": 2}, "assoc": 1}
    assert position(given).as_json() == {"tname": "t:a", "item": {"client": 2, "clock": 1}, "assoc": 0}
    assert position({"tname": "t:a", "assoc": -1}).as_json() == {"tname": "t:a", "assoc": -1}
