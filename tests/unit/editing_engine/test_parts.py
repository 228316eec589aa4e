"""The small parts: pace, committed bytes, fenced merging, sockets under two kinds of server, origins."""

import asyncio
from collections.abc import Callable
from functools import partial

import pytest
from django.test import override_settings
from pycrdt import Doc, Text
from twisted.internet.abstract import FileDescriptor

from coprod.origins import allowed_origins
from proposals.editing import adapters
from proposals.editing.domain import committed, merging
from proposals.editing.domain.committed import Committed
from proposals.editing.domain.pace import Pace
from tests.unit.editing_engine.seats import Typist


def test_a_quiet_hub_waits_for_nothing_and_a_busy_one_gathers() -> None:
    """[ED57]"""
    pace = Pace()
    assert pace.due(100.0) == 100.0
    pace.ran(100.0)
    assert pace.due(100.0) == 100.0 + Pace.LEAST
    assert pace.due(101.0) == 101.0
    for _ in range(50):
        pace.spent(0.0005)
    assert pace.gap == pytest.approx(0.02, rel=0.01)
    for _ in range(50):
        pace.spent(1.0)
    assert pace.gap == Pace.MOST
    for _ in range(100):
        pace.spent(0.0)
    assert pace.gap == Pace.LEAST


def test_committed_bytes_answer_for_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED33] With a tail, folded or not, and for somebody who has a part."""
    monkeypatch.setattr(committed, "TAIL_LENGTH", 7)
    typist, text = Typist(11), Committed(merging.NOTHING)
    updates = [typist.type(f"{n} ").update for n in range(30)]
    for update in updates:
        text.add(update)
    assert said(text.merged) == str(typist.text)
    assert text.size >= len(text.merged)
    assert text.step1() == b"\x00\x00" + bytes([len(typist.doc.get_state())]) + typist.doc.get_state()
    assert text.step2({})[:2] == b"\x00\x01"
    assert len(text.step2({11: 60})) < len(text.step2({}))


def said(update: bytes) -> str:
    doc = Doc({"t:problem": Text()})
    doc.apply_update(update)
    return str(doc.get("t:problem", type=Text))


def test_merging_many_and_none() -> None:
    typist = Typist(11)
    updates = [typist.type("a").update for _ in range(100)]
    assert said(merging.merge(updates)) == "a" * 100
    assert merging.merge([]) == merging.NOTHING
    assert merging.merge(updates[:1]) == updates[0]


class Panic(BaseException):
    """What the library underneath raises when it gives up."""


@pytest.mark.parametrize("error", [Panic, ValueError])
def test_a_panic_is_an_ordinary_failure(error: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED49] Whatever the library raises ends one socket, not the process."""
    monkeypatch.setattr(merging, "get_update", raising(error))
    with pytest.raises(merging.Unmergeable):
        merging.lacking(b"\x00\x00", b"\x00")


@pytest.mark.parametrize("error", [asyncio.CancelledError, KeyboardInterrupt, SystemExit])
def test_the_end_of_the_process_is_not_held_up(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "get_state", raising(error))
    with pytest.raises(error):
        merging.state_vector_of(b"\x00\x00")


def raising(error: type[BaseException]) -> Callable[..., bytes]:
    def fail(*_: object) -> bytes:
        raise error

    return fail


# -- sockets -----------------------------------------------------------------------------------------------
async def test_a_queue_has_a_budget() -> None:
    """[ED59] Frames wait in order; beyond the budget the socket says so; a close goes first."""
    sent: list[adapters.Event] = []
    gate = asyncio.Event()

    async def send(event: adapters.Event) -> None:
        await gate.wait()
        sent.append(event)

    socket = adapters.socket_over(send, 10)
    assert isinstance(socket, adapters.QueuedSocket)
    assert [socket.send(b"123456"), socket.send("789012"), socket.send(b"no")] == [True, True, False]
    gate.set()
    await asyncio.sleep(0.01)
    assert [event.get("bytes") or event.get("text") for event in sent] == [b"123456", "789012"]
    assert socket.send(b"again")
    socket.close(4503)
    await asyncio.sleep(0.01)
    assert sent[-1] == {"type": "websocket.close", "code": 4503}


@pytest.mark.parametrize(("size", "heard"), [(100, 2), (adapters.FAREWELL_BYTES, 0)])
async def test_a_refusal_is_heard_before_the_close(size: int, heard: int) -> None:
    """[ED46] [ED56] Under servers whose `send` may wait, too; who is far behind holds no close up."""
    sent: list[adapters.Event] = []

    async def send(event: adapters.Event) -> None:
        sent.append(event)

    socket = adapters.socket_over(send, 2**20)
    socket.send(b"x" * size)
    socket.send(b"refused")
    socket.close(4403)
    await asyncio.sleep(0.01)
    assert len(sent) == heard + 1
    assert sent[-1] == {"type": "websocket.close", "code": 4403}


async def test_a_broken_socket_is_no_failure() -> None:
    """[ED56]"""

    async def send(event: adapters.Event) -> None:
        raise OSError

    socket = adapters.socket_over(send, 10)
    assert socket.send(b"1")
    await asyncio.sleep(0.01)
    assert socket.send(b"2")
    await asyncio.sleep(0.01)


def test_the_names_that_we_read_of_twisted() -> None:
    """[ED59] If Twisted renames its buffers, this says so."""
    descriptor = FileDescriptor(reactor=object())  # type: ignore[arg-type]
    assert (descriptor.dataBuffer, descriptor.offset, descriptor._tempDataLen) == (b"", 0, 0)


def test_a_send_that_waits_is_noticed() -> None:
    """[ED56] The short way is for a server whose `send` never suspends."""
    with pytest.raises(RuntimeError):
        adapters.run(asyncio.sleep(0))
    assert isinstance(adapters.socket_over(partial(asyncio.sleep), 1), adapters.QueuedSocket)


# -- origins -----------------------------------------------------------------------------------------------
def test_origins_are_set_or_our_own_while_developing() -> None:
    """[ED45]"""
    scope = {"headers": [(b"host", b"127.0.0.1:8000")]}
    with override_settings(DEBUG=True, ALLOWED_ORIGINS=[], ALLOWED_HOSTS=["127.0.0.1"]):
        assert allowed_origins(scope) == ["http://127.0.0.1:8000"]
        assert allowed_origins({"headers": [(b"host", b"evil.example")]}) == []
        assert allowed_origins({"headers": []}) == []
    with override_settings(DEBUG=False, ALLOWED_ORIGINS=[]):
        assert allowed_origins(scope) == []
    with override_settings(DEBUG=True, ALLOWED_ORIGINS=["https://coprod.example"]):
        assert allowed_origins(scope) == ["https://coprod.example"]
