"""Whole binary frames are read here; whatever else stands in the bytes is left where it stands."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.editing.domain.frames import whole_messages

MASK = b"\x01\x02\x03\x04"


def frame(body: bytes, *, first: int = 0x82, mask: bytes = MASK) -> bytes:
    length = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
    return bytes([first]) + length + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(body))


@given(st.lists(st.binary(max_size=300), max_size=5), st.binary(min_size=4, max_size=4))
def test_many_in_one_piece(bodies: list[bytes], mask: bytes) -> None:
    """[ED150]"""
    data = b"".join(frame(body, mask=mask) for body in bodies)
    assert whole_messages(data) == (bodies, len(data), True)


@given(st.binary(max_size=300), st.data())
def test_a_piece_waits_for_its_rest(body: bytes, data: st.DataObject) -> None:
    """[ED150]"""
    whole = frame(b"first") + frame(body)
    cut = data.draw(st.integers(len(frame(b"first")), len(whole) - 1))
    assert whole_messages(whole[:cut]) == ([b"first"], len(frame(b"first")), True)


@given(st.binary(max_size=200))
def test_any_bytes_at_all(data: bytes) -> None:
    """[ED150] Never an exception, never more than was there."""
    messages, at, _ = whole_messages(data)
    assert sum(len(message) + 6 for message in messages) <= at <= len(data)


OTHERS = {
    "text": frame(b"words", first=0x81),
    "first fragment": frame(b"words", first=0x02),
    "ping": frame(b"words", first=0x89),
    "close": frame(b"\x03\xe8", first=0x88),
    "reserved bit": frame(b"words", first=0xC2),
    "not masked": b"\x82\x05words...",
    "64 KiB or more": b"\x82\xff" + (70_000).to_bytes(8, "big") + MASK + os.urandom(70_000),
}


@pytest.mark.parametrize("name", OTHERS)
def test_every_other_frame_is_left(name: str) -> None:
    """[ED150]"""
    assert whole_messages(OTHERS[name]) == ([], 0, False)
    before = frame(b"before")
    assert whole_messages(before + OTHERS[name]) == ([b"before"], len(before), False)
