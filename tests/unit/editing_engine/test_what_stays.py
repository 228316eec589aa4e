"""What a visit leaves behind in the process once it is over: nothing."""

import asyncio
import gc
import socket
import threading
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as current
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.fixtures import Settings

from proposals.editing import adapters, log
from proposals.editing.domain import protocol
from proposals.editing.hub import Throttle, Visit, housekeeping
from proposals.editing.hub.lines import Lines
from proposals.editing.log import rights
from proposals.editing.models import Epoch
from proposals.portfolio.models import Document
from tests.protocol.deeds import another
from tests.unit.editing_engine.seats import FakeSocket
from tests.unit.editing_engine.test_hub import Scene, ask, until, update_frame
from workspaces import notices

pytestmark = pytest.mark.django_db(transaction=True)

OURS = ("proposals.", "workspaces.")
ROOM = "proposals.editing.domain.room.Room"


@pytest.fixture
def without_collector() -> Iterator[None]:
    """What goes has to go by itself."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def living() -> Counter[str]:
    """How many of our own objects there are, by type."""
    names = (f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())
    return Counter(name for name in names if name.startswith(OURS))


def held() -> tuple[int, int, int]:
    """Tasks, timers that are still to come, and those who listen for hints."""
    timers: list[asyncio.TimerHandle] = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
    carrier = notices.transport_at(current.NOTICES_URL)
    assert isinstance(carrier, notices.Memory)
    coming = sum(not timer.cancelled() for timer in timers)
    return len(asyncio.all_tasks()), coming, sum(map(len, carrier._listeners.values()))


def documents(scene: Scene, many: int) -> list[Epoch]:
    first: Document = scene.epoch.document
    return [Epoch.objects.create(document=another(first, n)) for n in range(1, many + 1)]


async def come_and_go(scene: Scene, epoch: Epoch, client: int) -> None:
    """Open the document, write in it, wait until that is saved, leave."""
    guest = await scene.hub.visit(scene.keys[scene.cast.amara.pk], epoch.pk)
    assert isinstance(guest, Visit)
    line = FakeSocket()
    seat = await scene.hub.join(line, guest, ours=True)
    throttle = Throttle(scene.hub, seat)
    throttle.hear(update_frame("Seen. ", client=client))
    await until(lambda: protocol.ACK in {frame[0] for frame in line.frames})
    throttle.finish()
    scene.hub.leave(seat)


async def test_nothing_stays_of_many_visits(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, without_collector: None
) -> None:
    """[ED102] 120 visits to 15 documents: rooms, seats, timers, tasks and listeners are as many as before."""
    monkeypatch.setattr(housekeeping, "LINGER_SECONDS", 0.0)
    monkeypatch.setitem(current.ENGINE, "POLL_SECONDS", 0.02)
    epochs = await ask(lambda: documents(scene, 15))
    others = living()[ROOM]  # of tests before this one

    async def everybody(first: int) -> tuple[Counter[str], tuple[int, int, int]]:
        for n in range(4):
            visits = (come_and_go(scene, each, first + n * 15 + at) for at, each in enumerate(epochs))
            await asyncio.gather(*visits)
        await until(lambda: len(asyncio.all_tasks()) == 1)
        await until(lambda: living()[ROOM] <= others)  # late hints lead to them a moment longer
        return living(), held()

    before, held_before = await everybody(1_000)
    after, held_after = await everybody(2_000)
    assert {name: (before[name], n) for name, n in after.items() if n > before[name]} == {}
    assert all(now <= then for now, then in zip(held_after, held_before, strict=True))


async def test_threads_of_the_engine_keep_no_record_of_what_they_asked(
    scene: Scene, settings: Settings
) -> None:
    """[ED102] Django keeps the last 9,000 questions of each connection while DEBUG is on."""
    settings.DEBUG = True
    for n in range(30):
        await come_and_go(scene, scene.epoch, 1_000 + n)
    engine = {each.ident for each in threading.enumerate() if each.name.startswith(("hub-", "log-writer"))}
    # By type: `isinstance` asks a weak proxy for what it stands for, which may be gone.
    connections = [each for each in gc.get_objects() if issubclass(type(each), BaseDatabaseWrapper)]
    kept = [len(each.queries_log) for each in connections if each._thread_ident in engine]
    assert len(kept) >= 2
    assert max(kept) < 50


async def test_rights_are_looked_at_one_after_the_other(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED103] Twenty sockets and a hint: one more task, and a newcomer waits for one look at most."""
    for _ in range(20):
        await scene.join(scene.cast.amara)
    asked: list[str] = []
    run = scene.hub.doors.run

    async def counted(read: Any, *args: Any) -> Any:
        asked.append(read.__name__)
        return await run(read, *args)

    monkeypatch.setattr(scene.hub.doors, "run", counted)
    before = len(asyncio.all_tasks())
    scene.hub._housekeeping._recheck_everybody()
    scene.hub._housekeeping._recheck_everybody()
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == before + 1
    assert asked.count("visit") <= 1
    await scene.join(scene.cast.ben)
    assert asked.count("visit") < 15
    await until(lambda: asked.count("visit") >= 21)


class Guest:
    """Whatever a visit holds on to."""

    def hear(self, frame: bytes | None) -> None:
        """Never called here."""


class Daphnes:
    """Daphne's protocol, as far as a socket looks at it."""

    STATE_OPEN = state = 3
    closeHandshakeTimeoutCall: asyncio.TimerHandle | None = None  # noqa: N815 - Autobahn's name

    def __init__(self, line: socket.socket) -> None:
        self.application_queue = asyncio.Queue[object]()
        self.reads: list[bool] = []
        self.transport = SimpleNamespace(
            socket=line,
            connected=True,
            disconnecting=False,
            stopReading=lambda: self.reads.append(False),
            startReading=lambda: self.reads.append(True),
        )

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Never called here."""

    def onMessage(self, payload: bytes, is_binary: bool) -> None:  # noqa: N802 - Autobahn's name
        """Never called here."""


@asynccontextmanager
async def listening(
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[Daphnes, adapters.DaphneSocket, Lines]]:
    monkeypatch.setattr(adapters, "is_plain", lambda _: True)
    here, there = socket.socketpair()
    lines = Lines(lambda: False)
    with here, there:
        daphnes = Daphnes(here)
        send: Any = partial(asyncio.sleep, daphnes)
        yield daphnes, adapters.DaphneSocket(send, 1_000, lines=lines), lines
        lines.close()


async def test_a_line_that_has_ended_waits_for_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED102] The timer for the answer to a close goes with the line, not seconds later."""
    async with listening(monkeypatch) as (daphnes, line, _):
        timer = daphnes.closeHandshakeTimeoutCall = asyncio.get_running_loop().call_later(60, Guest)
        line.forget()
        line.forget()
        assert timer.cancelled()
        assert daphnes.closeHandshakeTimeoutCall is None


async def test_a_line_that_has_ended_leads_to_nobody(
    monkeypatch: pytest.MonkeyPatch, without_collector: None
) -> None:
    """[ED102] Daphne's protocol, which lives on for a while, no longer leads to the visit."""
    async with listening(monkeypatch) as (daphnes, line, _):
        guest = Guest()
        gone = weakref.ref(guest)
        assert line.listen(guest.hear)
        assert daphnes.reads == [False]
        line.forget()
        line.forget()
        assert daphnes.reads == [False, True]
        del guest
        assert gone() is None
        assert vars(daphnes).keys() == {"application_queue", "reads", "transport"}


async def test_rights_remember_only_so_many(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED102] However many people write in however many documents while nobody else commits."""
    monkeypatch.setattr(rights, "MOST_KNOWN", 10)
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL remembers nothing beyond a transaction")
    epochs = await ask(lambda: documents(scene, 30))
    for n, epoch in enumerate(epochs):
        await come_and_go(scene, epoch, 1_000 + n)
    store = log.writer()._store
    assert len(store._rights._known) + len(store._rights._until) <= 13
