"""Allowances, throttles, and a document that fills up."""

import asyncio
import json

import pytest

from proposals.editing.domain import protocol
from proposals.editing.domain.allowance import Allowance
from proposals.editing.domain.peers import Effect
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.domain.room import Room
from proposals.editing.domain.wire import Reader
from proposals.editing.hub import Throttle
from proposals.editing.hub.traffic import Traffic
from tests.unit.editing_engine.seats import Typist, a_peer, a_room, frames
from tests.unit.editing_engine.test_hub import Scene, until


@pytest.mark.parametrize(("frames_a_second", "seconds"), [(96, 600), (119, 120), (400, 4)])
def test_no_honest_writer_reaches_the_end(frames_a_second: int, seconds: int) -> None:
    """[ED92] 48 keys a second with a caret for each, for ten minutes; a burst of undo."""
    allowance = Allowance()
    steps = frames_a_second * seconds
    assert all(allowance.spend(1, step / frames_a_second) == 0 for step in range(steps))


def test_a_large_paste_is_welcome() -> None:
    """[ED92] Ten pages, twice a second."""
    allowance, page = Allowance(), 1 + 100_000 / Allowance.SENT
    assert all(allowance.spend(page, step / 2) == 0 for step in range(200))


def test_a_flood_is_slowed_and_then_over() -> None:
    """[ED92] After the burst the steady rate; after ten seconds of that, the end."""
    allowance, now, handled = Allowance(), 0.0, 0
    while not allowance.is_over(now):
        now += 0.0001 + allowance.spend(1, now)
        handled += 1
    assert 10 < now < 11
    assert handled == pytest.approx(Allowance.BURST + Allowance.RATE * now, rel=0.05)


def test_a_pause_makes_good() -> None:
    """[ED92] Whoever stops to think starts anew."""
    allowance = Allowance()
    for _ in range(1_300):
        allowance.spend(1, 1.0)
    assert allowance.spend(1, 1.0) > 0
    assert not allowance.is_over(10.0)
    assert not allowance.is_over(12.0)
    assert allowance.spend(600, 12.0) == 0


def test_whoever_is_alone_pays_nothing() -> None:
    """[ED92] Only while another socket has sent something within the last second."""
    traffic = Traffic()
    assert not any(traffic.is_shared(1, now / 100) for now in range(100))
    assert traffic.is_shared(2, 1.0)
    assert traffic.is_shared(1, 1.1)
    assert traffic.is_shared(1, 2.0)
    assert not traffic.is_shared(1, 2.2)


@pytest.mark.django_db(transaction=True)
async def test_the_line_of_a_flood_is_read_no_further(scene: Scene) -> None:
    """[ED92] [ED93] What waits for the log stays small, everything arrives, and reading goes on by itself."""
    seat, socket = await scene.join(scene.cast.amara)
    throttle, typist = Throttle(scene.hub, seat), Typist(11)
    most = 0
    for _ in range(2_000):
        frame = protocol.sync_update(typist.type("é").update)
        throttle.hear(frame)
        most = max(most, seat.peer.waiting)
        await throttle.opened()
    assert most <= 300
    assert seat.peer.received == 2_000
    await until(lambda: protocol.receipt(2_000, 2_000) in socket.frames)
    await until(lambda: socket.paused == 0)
    assert socket.code is None


@pytest.mark.django_db(transaction=True)
async def test_a_flood_beside_others_is_closed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED92] With 4503: its own client comes back with all it has in one message."""
    monkeypatch.setattr(Allowance, "PATIENCE", 0.3)
    monkeypatch.setattr(Allowance, "BURST", 50.0)
    monkeypatch.setattr(Allowance, "RATE", 30.0)
    seat, socket = await scene.join(scene.cast.amara)
    other, _ = await scene.join(scene.cast.ben)
    flood, quiet = Throttle(scene.hub, seat), Throttle(scene.hub, other)
    question = protocol.query_awareness()
    async with asyncio.timeout(5):
        while not seat.peer.closed:
            for throttle, times in ((flood, 10), (quiet, 1)):
                for _ in range(times):
                    throttle.hear(question)
            await flood.opened()
            await asyncio.sleep(0.1)
    assert socket.code == CloseCode.BUSY
    assert other.peer.closed is False


def states(effects: list[Effect], to: int = 1) -> list[dict[str, object]]:
    said = [Reader(frame[1:]).string() for frame in frames(effects, to) if frame[:1] == b"\x65"]
    return [json.loads(each) for each in said]


def typed(room: Room, typist: Typist, words: str) -> list[dict[str, object]]:
    room.receive(1, typist.type(words))
    lines, effects = room.take()
    return states([*effects, *(room.stored(room.head + 1) if lines else [])])


def test_writers_hear_before_a_document_is_full() -> None:
    """[ED94] From four fifths on, at every further twentieth, in words; readers hear the number."""
    room, typist = a_room(most_bytes=10_000), Typist(11)
    reader = a_peer(2, writes=False)
    assert states(room.join(a_peer(1)))[0]["fill"] == 0
    assert typed(room, typist, "x" * 7_500) == []
    (first,) = typed(room, typist, "x" * 600)
    assert first["fill"] == 81
    assert str(first["notice"]).startswith("This document is 81% full. Please shorten it")
    assert typed(room, typist, "x") == []
    assert typed(room, typist, "x" * 900)[0]["fill"] == 90
    assert states(room.join(reader), to=2)[0]["fill"] == 90
    assert "notice" not in states(room.heartbeat(), to=2)[0]
