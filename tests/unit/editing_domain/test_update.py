"""The strict reader: nothing padded, empty, doubled, nested without end or left over passes."""

import json
import math
import struct as packing

import pytest

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.update import ANY, FORMAT, STRING, Unfit, read_update
from proposals.editing.domain.wire import Malformed, varstring, varuint
from tests.unit.editing_domain.craft import (
    AMARA,
    BEN,
    LIMITS,
    block,
    collected,
    deleted,
    edit,
    mark,
    raw_mark,
    row,
    struct,
    text,
    update,
    values,
)


def test_it_works() -> None:
    """[ED11] The facts of every struct are read, each clock after the other."""
    data = edit(
        text("a😀"),
        mark("strong", True, origin=(AMARA, 2)),
        values("x", "y", parent="f:cost", sub="note"),
        clock=5,
    )
    (only,) = read_update(data, LIMITS).blocks
    assert [(s.clock, s.end, s.kind) for s in only.structs] == [(5, 8, STRING), (8, 9, FORMAT), (9, 11, ANY)]
    assert only.structs[0].parent == "t:why"
    assert only.structs[1].origin == (AMARA, 2)
    assert only.structs[2].sub == "note"
    assert only.ends_at == len(data) - 1


def test_deletions_are_read() -> None:
    read = read_update(update(deletes={AMARA: [(0, 2), (2, 1), (9, 4)], BEN: [(1, 1)]}), LIMITS)
    assert read.deletes == {AMARA: [(0, 2), (2, 3), (9, 13)], BEN: [(1, 2)]}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        update() + b"\x00",
        update(block(AMARA, 0)),
        update(block(AMARA, 0, text("a")), block(AMARA, 1, text("b"))),
        edit(text("")),
        edit(deleted(0)),
        edit(values(parent="f:cost", sub="a")),
        edit(collected(0)),
        edit(b"\x20\x01"),
        edit(b"\x0a\x05"),
        edit(struct(b"\x01", 11)),
        edit(struct(b"\x07", 7)),
        edit(b"\x04\x02\x05t:why\x01a"),
        edit(text("a", parent="")),
        edit(text("a", parent="x" * 129)),
        edit(values("a", parent="f:cost", sub="")),
        edit(values("a", parent="f:cost", sub="__proto__")),
        edit(text("a"), clock=2**31 - 1),
        edit(collected(2**31)),
        update(deletes={AMARA: []}),
        update(deletes={AMARA: [(0, 0)]}),
        update(deletes={AMARA: [(5, 2), (0, 1)]}),
        update(deletes={AMARA: [(0, 3), (2, 1)]}),
        update(deletes={AMARA: [(2**31 - 2, 9)]}),
        b"\x00\x02" + (varuint(AMARA) + b"\x01\x00\x01") * 2,
        b"\x81\x00" + update()[1:],
        b"\xff" * 9 + b"\x01",
        b"\x00" + b"\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x80\x80\x80\x80\x01",
    ],
)
def test_malformed_structure(data: bytes) -> None:
    """[ED11] No empty, doubled or endless parts, no holes, no lengths of nothing, nothing after the end."""
    with pytest.raises(Malformed):
        read_update(data, LIMITS)


@pytest.mark.parametrize("raw", [b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\xf0\x9f\x98"])
def test_text_must_be_utf8(raw: bytes) -> None:
    """[ED12] Half characters and overlong forms are refused wherever text stands."""
    for content, kind in (
        (varuint(len(raw)) + raw, 4),
        (varstring("k") + varuint(len(raw)) + raw, 6),
        (b"\x01\x77" + varuint(len(raw)) + raw, 8),
    ):
        with pytest.raises(Malformed):
            read_update(edit(struct(content, kind)), LIMITS)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "undefined",
        "{",
        "NaN",
        "-Infinity",
        "1e999",
        '{"a":NaN}',
        "9" * 400,
        '"' + "x" * 4096 + '"',
        "[" * 9 + "]" * 9,
        "[" * 2000 + "]" * 2000,
        json.dumps([0] * 2001),
    ],
)
def test_marks_hold_json_that_browsers_read(value: str) -> None:
    """[ED12] JSON is what JSON.parse takes, of bounded size, number and depth."""
    with pytest.raises(Malformed):
        read_update(edit(raw_mark("m", value)), LIMITS)


def test_marks_of_every_kind() -> None:
    for value in (True, None, 3, 2.5, "x", {"href": "https://a"}, [1, {"a": [2]}], -0.0, 10**300):
        read_update(edit(mark("m", value)), LIMITS)


ANY_BAD = {
    "undefined": b"\x7f",
    "big integer": b"\x7a" + bytes(8),
    "bytes": b"\x74\x01a",
    "unknown": b"\x10",
    "endless integer": b"\x7d" + b"\xff" * 12,
    "cut float": b"\x7b\x00",
    "infinity": b"\x7b" + packing.pack(">d", math.inf),
    "not a number": b"\x7c" + packing.pack(">f", math.nan),
    "claims a list": b"\x75\x80\x80\x80\x80\x01",
    "claims a map": b"\x76\x80\x80\x80\x80\x01",
    "deep list": b"\x75\x01" * 9 + b"\x7e",
    "very deep list": b"\x75\x01" * 26_300 + b"\x7e",
    "deep map": b"\x76\x01\x01a" * 9 + b"\x7e",
    "long list": b"\x75" + varuint(2001) + b"\x7e" * 2001,
    "prototype": b"\x76\x01" + varstring("__proto__") + b"\x7e",
}


@pytest.mark.parametrize("raw", ANY_BAD.values(), ids=ANY_BAD.keys())
def test_values_are_bounded(raw: bytes) -> None:
    """[ED12] Values are bounded in depth and number, finite, and of kinds that every reader shares."""
    with pytest.raises(Malformed):
        read_update(edit(struct(b"\x01" + raw, 8, parent="f:cost", sub="a")), LIMITS)


def test_values_of_every_kind() -> None:
    nested = b"\x76\x02\x01a\x75\x02\x78\x79\x01b\x7d\x05"
    floats = b"\x7c" + packing.pack(">f", 1.5) + b"\x7b" + packing.pack(">d", 1e300)
    data = edit(struct(b"\x05" + nested + b"\x7e\x7d\xff\x01" + floats, 8, parent="f:cost", sub="a"))
    assert read_update(data, LIMITS).blocks[0].structs[0].end == 5


@pytest.mark.parametrize(
    "content",
    [
        struct(b"\x01\x04null", 2),
        struct(b"\x01a", 3),
        struct(varstring("{}"), 5),
        struct(varstring("guid") + b"\x76\x00", 9),
        row()[:-1] + b"\x00",
        row()[:-1] + b"\x02",
        row()[:-1] + b"\x03" + varstring("p"),
        row()[:-1] + b"\x06",
    ],
)
def test_unfit_content(content: bytes) -> None:
    """[ED20] Embeds, bytes, old JSON, subdocuments and nested types are in no document here."""
    with pytest.raises(Unfit):
        read_update(edit(content), LIMITS)


def test_counts_are_bounded() -> None:
    """[ED11] More structs than a frame can honestly hold are refused before they are all read."""
    with pytest.raises(Malformed):
        read_update(edit(*[text("a")] * 5), Limits(structs=4))
