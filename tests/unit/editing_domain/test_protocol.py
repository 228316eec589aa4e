"""Frames of the document socket: one message each, bounded, and exactly as documented in docs/protocol.md."""

import json

import pytest

from proposals.editing.domain import protocol
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.protocol import (
    Awareness,
    CloseCode,
    Entry,
    Hello,
    QueryAwareness,
    SyncStep1,
    SyncStep2,
    SyncUpdate,
    TooLarge,
    decode,
)
from proposals.editing.domain.wire import Malformed, varbytes, varstring, varuint
from tests.unit.editing_domain.craft import AMARA, BEN, LIMITS

PRESENT = Entry(AMARA, 3, {"section": "why", "cursor": None})


def presence(*entries: tuple[int, int, str]) -> bytes:
    parts = [varuint(client) + varuint(clock) + varstring(state) for client, clock, state in entries]
    return b"\x01" + varbytes(varuint(len(parts)) + b"".join(parts))


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (protocol.sync_step1({AMARA: 4}), SyncStep1({AMARA: 4})),
        (protocol.sync_step2(b"\x00\x00"), SyncStep2(b"\x00\x00")),
        (protocol.sync_update(b"\x00\x00"), SyncUpdate(b"\x00\x00")),
        (protocol.awareness([PRESENT, Entry(BEN, 0, None)]), Awareness((PRESENT, Entry(BEN, 0, None)))),
        (protocol.query_awareness(), QueryAwareness()),
        (protocol.hello(1, AMARA), Hello(1, AMARA)),
    ],
)
def test_it_works(frame: bytes, message: protocol.Message) -> None:
    """[ED6] What is encoded is decoded to the same message."""
    assert decode(frame, LIMITS) == message


def test_layouts() -> None:
    """[ED6] The bytes are those of docs/protocol.md, so that other clients can be written from it."""
    assert protocol.sync_step1({5: 300}).hex() == "0000040105ac02"
    assert protocol.sync_step2(b"\x00\x00").hex() == "0001020000"
    assert protocol.sync_update(b"\x00\x00").hex() == "0002020000"
    assert protocol.awareness([Entry(5, 1, None)]).hex() == "010801" + "0501" + "04" + b"null".hex()
    assert protocol.query_awareness().hex() == "03"
    assert protocol.receipt(2, 300).hex() == "6402ac02"
    assert protocol.state({"mode": "read"}) == b"\x65\x0f" + b'{"mode":"read"}'
    assert protocol.event({"id": 1}) == b"\x66\x08" + b'{"id":1}'
    assert protocol.reject(3, "kind", "No.") == b"\x67\x03\x04kind\x03No."
    assert protocol.hello(1, 300).hex() == "6801ac02"
    assert {code.name: int(code) for code in CloseCode} == {
        "MALFORMED": 4400,
        "SIGN_IN": 4401,
        "NO_ACCESS": 4403,
        "UNKNOWN": 4404,
        "OTHER_EPOCH": 4409,
        "TOO_LARGE": 4413,
        "FROZEN": 4423,
        "BUSY": 4503,
    }


def test_large_frames_are_not_read() -> None:
    """[ED1] A frame beyond its limit is refused unread; presence has a smaller limit of its own."""
    small = Limits(frame_bytes=100, awareness_bytes=50)
    assert decode(protocol.sync_update(b"x" * 97), small)
    with pytest.raises(TooLarge):
        decode(protocol.sync_update(b"x" * 98), small)
    with pytest.raises(TooLarge):
        decode(presence((1, 1, json.dumps({"a": "x" * 60}))), small)


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00",
        b"\x00\x00",
        b"\x00\x03\x00",
        b"\x00\x02\x05ab",
        b"\x02\x00\x01a",
        b"\x04",
        b"\x64\x01\x01",
        b"\x65\x02{}",
        b"\x67\x01\x00\x00",
        b"\x68\x01",
        b"\x80\x01",
        protocol.query_awareness() + b"\x00",
        protocol.hello(1, 1) + b"\x00",
        protocol.sync_update(b"ab") * 2,
        protocol.sync_step1({}) + b"\x00",
        b"\x00\x00" + varbytes(b"\x00\x00"),
        presence((1, 1, "null")) + b"\x00",
    ],
)
def test_one_message_a_frame(frame: bytes) -> None:
    """[ED2] A frame is one whole message of a kind that clients send, with nothing after it."""
    with pytest.raises(Malformed):
        decode(frame, LIMITS)


@pytest.mark.parametrize(
    "frame",
    [
        b"\x01\x01\x00",
        b"\x01\x01\x05",
        b"\x01" + varbytes(varuint(1025) + b"\x01\x01\x00" * 1025),
        b"\x01" + varbytes(b"\xff" * 60_000),
        b"\x01" + varbytes(b"\x01\x01\x01\x04null\x00"),
        *[
            presence((1, 1, text))
            for text in (
                "",
                "undefined",
                "[]",
                "1",
                '"x"',
                "true",
                "{",
                '{"a":NaN}',
                '{"a":1e999}',
                '{"a":' * 9 + "1" + "}" * 9,
                '{"a":' * 5000 + "1" + "}" * 5000,
                '{"a":[' + "1," * 2000 + "1]}",
            )
        ],
    ],
)
def test_presence_is_bounded(frame: bytes) -> None:
    """[ED5] Presence is of at least one client; each state is an object that browsers can read, or null."""
    with pytest.raises(Malformed):
        decode(frame, LIMITS)


def test_others_entries_need_no_reading() -> None:
    """[ED5] Where the sender's id is known, what it hands on about others is not even parsed."""
    frame = presence((1, 1, "never read"), (AMARA, 3, '{"section":"why","cursor":null}'))
    assert decode(frame, LIMITS, own=AMARA) == Awareness((PRESENT,))
    assert decode(presence((1, 1, "null")), LIMITS, own=AMARA) == Awareness(())


def test_presence_never_leaves_as_what_browsers_cannot_read() -> None:
    with pytest.raises(ValueError, match="JSON"):
        protocol.awareness([Entry(1, 1, {"a": float("nan")})])
    lone = decode(presence((1, 1, '{"a":"\\ud83d"}')), LIMITS)
    assert isinstance(lone, Awareness)
    assert protocol.awareness(lone.entries) == presence((1, 1, '{"a":"\\ud83d"}'))
