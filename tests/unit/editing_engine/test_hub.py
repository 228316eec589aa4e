"""The hub with real rooms and a real log, and sockets that only keep what they are given."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.editing import log
from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.hub import Full, Hub, Seat, Visit, housekeeping, visit
from proposals.editing.models import Checkpoint, Epoch
from proposals.portfolio.models import Supporter
from tests.people import Cast, as_, people
from tests.proposals import make_proposal, make_supporter
from tests.unit.editing_engine.seats import FakeSocket, Typist
from workspaces import notices
from workspaces.models import Membership, Person

T = TypeVar("T")
pytestmark = pytest.mark.django_db(transaction=True)


class Scene:
    """A document, its people with their sessions, and a hub."""

    def __init__(self, cast: Cast, epoch: Epoch) -> None:
        self.cast, self.epoch = cast, epoch
        self.keys = {p.pk: as_(p).cookies["sessionid"].value for p in (cast.amara, cast.ben, cast.dele)}
        self.hub: Hub

    async def join(self, person: Person, *, ours: bool = True) -> tuple[Seat, FakeSocket]:
        guest = await self.hub.visit(self.keys[person.pk], self.epoch.pk)
        assert isinstance(guest, Visit)
        socket = FakeSocket()
        return await self.hub.join(socket, guest, ours=ours), socket


@pytest.fixture
def stage(transactional_db: None) -> Scene:
    cast = people()
    proposal = make_proposal(cast.pair)
    make_supporter(proposal, cast.dele, Supporter.READER)
    return Scene(cast, Epoch.objects.create(document=proposal.documents.get()))


@pytest.fixture
async def scene(stage: Scene) -> AsyncIterator[Scene]:
    stage.hub = Hub()
    yield stage
    await stage.hub.stop()
    await asyncio.to_thread(log.writer().stop)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - many things it could be
            await asyncio.sleep(0.005)


async def ask(question: Callable[[], T]) -> T:
    def answer() -> T:
        try:
            return question()
        finally:
            connection.close()

    return await asyncio.to_thread(answer)


def update_frame(words: str, client: int = 11) -> bytes:
    return protocol.sync_update(Typist(client).type(words).update)


async def test_one_room_however_many_ask_at_once(scene: Scene) -> None:
    """[ED58] Ten sockets at the same moment: one room, opened once."""
    seats = await asyncio.gather(*(scene.join(scene.cast.amara) for _ in range(10)))
    assert len({id(seat.place) for seat, _ in seats}) == 1
    assert len(scene.hub.rooms) == 1


async def test_a_room_is_freed_and_nobody_falls_into_the_gap(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED58] A thousand joins and leaves at the room's last moment: every seat is in a room that lives."""
    monkeypatch.setattr(housekeeping, "LINGER_SECONDS", 0.0)
    guest = await scene.hub.visit(scene.keys[scene.cast.amara.pk], scene.epoch.pk)
    assert isinstance(guest, Visit)
    for n in range(1_000):
        seat = await scene.hub.join(FakeSocket(), guest, ours=True)
        assert not seat.place.gone
        assert scene.hub.rooms[scene.epoch.pk] is seat.place
        if n % 3 == 0:
            scene.hub.receive(seat, update_frame("a", client=100 + n))
        scene.hub.leave(seat)
        if n % 2:
            await asyncio.sleep(0)
    await until(lambda: not scene.hub.rooms)
    assert (await ask(lambda: log.merged(scene.epoch.pk)))[1] == 334


async def test_a_long_log_is_folded_when_everybody_has_left(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED58]"""
    monkeypatch.setattr(housekeeping, "LINGER_SECONDS", 0.0)
    monkeypatch.setattr(housekeeping, "COMPACT_ROWS", 20)
    seat, socket = await scene.join(scene.cast.amara)
    typist = Typist(11)
    for _ in range(30):
        scene.hub.receive(seat, protocol.sync_update(typist.type("é").update))
    await until(lambda: protocol.receipt(30, 30) in socket.frames)
    scene.hub.leave(seat)
    await until(lambda: not scene.hub.rooms)
    async with asyncio.timeout(5):
        while [seq for seq, _ in await ask(lambda: log.since(scene.epoch.pk, 0))] != [30]:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)


async def test_one_too_many_is_sent_away(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED59]"""
    monkeypatch.setitem(settings.ENGINE, "PEERS_PER_DOCUMENT", 2)
    await scene.join(scene.cast.amara)
    await scene.join(scene.cast.ben)
    with pytest.raises(Full):
        await scene.join(scene.cast.dele)


async def test_a_slow_reader_is_closed_and_the_others_hear_everything(scene: Scene) -> None:
    """[ED59]"""
    amara, _ = await scene.join(scene.cast.amara)
    _, hears = await scene.join(scene.cast.ben)
    _, sleeps = await scene.join(scene.cast.ben)
    sleeps.full = True
    scene.hub.receive(amara, update_frame("word"))
    await until(lambda: sleeps.code is not None)
    assert sleeps.code == CloseCode.BUSY
    assert any(frame[:2] == b"\x00\x02" for frame in hears.frames)


async def test_a_receipt_leaves_with_the_text(scene: Scene) -> None:
    """[ED37] Two write at the same tick, one reads: each is written to once, the receipt last."""
    writers = [await scene.join(scene.cast.amara), await scene.join(scene.cast.ben)]
    _, reads = await scene.join(scene.cast.dele)
    for n, (seat, _) in enumerate(writers):
        scene.hub.receive(seat, update_frame("word", client=11 + n))
    sockets = [reads, *(socket for _, socket in writers)]
    await until(lambda: all(socket.pieces for socket in sockets))
    kinds = [[[frame[0] for frame in piece] for piece in socket.pieces] for socket in sockets]
    assert kinds == [[[0]], [[0, protocol.ACK]], [[0, protocol.ACK]]]


async def test_whoever_wrote_alone_gets_the_receipt_alone(scene: Scene) -> None:
    """[ED37]"""
    amara, writes = await scene.join(scene.cast.amara)
    _, reads = await scene.join(scene.cast.ben)
    scene.hub.receive(amara, update_frame("word"))
    await until(lambda: bool(writes.pieces and reads.pieces))
    assert [[frame[0] for frame in piece] for piece in writes.pieces] == [[protocol.ACK]]
    assert [[frame[0] for frame in piece] for piece in reads.pieces] == [[0]]


async def test_a_hint_is_passed_on_to_ours(scene: Scene) -> None:
    """[ED41] As an EVENT with its ids; a stock client hears nothing of it."""
    _, ours = await scene.join(scene.cast.amara)
    _, stock = await scene.join(scene.cast.ben, ours=False)
    proposal = scene.epoch.document.proposal_id
    await ask(lambda: notices.publish(f"proposal.{proposal}", "title", proposal=proposal))
    event = protocol.event({"type": "title", "proposal": proposal})
    await until(lambda: event in ours.frames)
    assert {frame[0] for frame in stock.frames} <= {0, 1}


async def test_losing_access_closes_the_socket_on_a_hint(scene: Scene) -> None:
    """[ED44] The membership ends, the person hears a hint: 4403."""
    _, socket = await scene.join(scene.cast.dele)
    await ask(lambda: Membership.objects.filter(person=scene.cast.dele).update(ended_at=timezone.now()))
    await ask(lambda: notices.publish(f"person.{scene.cast.dele.pk}", "membership"))
    await until(lambda: socket.code is not None)
    assert socket.code == CloseCode.NO_ACCESS


async def test_signing_out_closes_the_socket_on_a_hint(scene: Scene) -> None:
    """[ED44]"""
    seat, socket = await scene.join(scene.cast.dele)
    await ask(lambda: Person.objects.filter(pk=scene.cast.dele.pk).update(is_active=False))
    await ask(lambda: notices.publish(f"person.{scene.cast.dele.pk}", "session"))
    await until(lambda: socket.code is not None)
    assert socket.code == CloseCode.SIGN_IN
    scene.hub.leave(seat)


async def test_who_may_only_read_now_hears_it(scene: Scene) -> None:
    """[ED42] The pair ends: mode and reason change, the socket stays."""
    _, socket = await scene.join(scene.cast.amara)
    pair, proposal = scene.cast.pair, scene.epoch.document.proposal_id
    pair.ended_at = timezone.now()
    await ask(pair.save)
    await ask(lambda: notices.publish(f"proposal.{proposal}", "pair"))
    await until(lambda: any(b'"mode":"read"' in frame for frame in socket.frames))
    assert socket.code is None


async def test_a_log_that_cannot_be_written_sends_everybody_away(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED57] To come back, with everything unsaved still on their side; the next room is new."""
    seat, socket = await scene.join(scene.cast.amara)
    monkeypatch.setattr("proposals.editing.log.storing.Store.write", lambda *_: 1 / 0)
    scene.hub.receive(seat, update_frame("word"))
    await until(lambda: socket.code is not None)
    assert socket.code == CloseCode.BUSY
    assert not any(frame[0] == protocol.ACK for frame in socket.frames)
    monkeypatch.undo()
    seat, socket = await scene.join(scene.cast.amara)
    scene.hub.receive(seat, update_frame("word"))
    await until(lambda: protocol.receipt(1, 1) in socket.frames)


async def test_the_clock_brings_heartbeats(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED42] Every round that is due: STATE for ours, presence for the others."""
    monkeypatch.setitem(settings.ENGINE, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(housekeeping, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(housekeeping, "RIGHTS_SECONDS", 0.05)
    _, ours = await scene.join(scene.cast.amara)
    _, stock = await scene.join(scene.cast.ben, ours=False)
    await until(lambda: sum(frame[0] == protocol.STATE for frame in ours.frames) >= 3)
    await until(lambda: stock.frames.count(protocol.awareness([])) >= 2)
    assert housekeeping.HEARTBEAT_SECONDS < 15


def test_a_password_change_ends_the_session(stage: Scene) -> None:
    """[ED44]"""
    ben = stage.cast.ben
    assert isinstance(visit(stage.keys[ben.pk], stage.epoch.pk), Visit)
    ben.set_password("another-horse-battery")
    ben.save()
    assert visit(stage.keys[ben.pk], stage.epoch.pk) is CloseCode.SIGN_IN


@pytest.mark.parametrize(("who", "questions"), [("amara", 5), ("dele", 4)])
def test_coming_in_asks_little(
    *, stage: Scene, django_assert_num_queries: DjangoAssertNumQueries, who: str, questions: int
) -> None:
    """[ED194] Whoever only reads costs no more than whoever writes, and nothing is put together anew."""
    person = getattr(stage.cast, who)
    visit(stage.keys[person.pk], stage.epoch.pk)
    with django_assert_num_queries(questions):
        guest = visit(stage.keys[person.pk], stage.epoch.pk)
    assert isinstance(guest, Visit)
    assert guest.writes is (who == "amara")
    assert guest.side == Membership.objects.get(person=person).side


async def test_nobody_at_the_door_waits_for_a_text(scene: Scene) -> None:
    """[ED196] However many texts are being read or folded."""
    read = threading.Event()
    reading = [asyncio.ensure_future(scene.hub.reads.run(read.wait)) for _ in range(10)]
    try:
        async with asyncio.timeout(5):
            guest = await scene.hub.visit(scene.keys[scene.cast.ben.pk], scene.epoch.pk)
    finally:
        read.set()
    assert isinstance(guest, Visit)
    assert all(await asyncio.gather(*reading))


async def test_a_long_history_is_folded_while_people_write(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED191]"""
    monkeypatch.setattr(housekeeping, "OPEN_ROWS", 5)
    monkeypatch.setattr(housekeeping, "COMPACT_ROWS", 1)
    monkeypatch.setitem(settings.ENGINE, "POLL_SECONDS", 0.02)
    seat, _ = await scene.join(scene.cast.amara)
    typist = Typist(11)
    for letter in "été éàü":
        scene.hub.receive(seat, protocol.sync_update(typist.type(letter).update))
    await until(lambda: seat.place.folded >= 5)
    async with asyncio.timeout(5):
        while not await ask(Checkpoint.objects.filter(epoch=scene.epoch).exists):  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.01)
    assert (await ask(lambda: log.merged(scene.epoch.pk)))[1] == 7
