"""The power fails: whatever had a receipt by then is on the disk (SQLite, WAL, synchronous=FULL)."""

import asyncio
import contextlib
import os
import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from pycrdt import Doc, Text
from websockets.exceptions import ConnectionClosed

from proposals.editing.domain import protocol
from proposals.editing.domain.wire import Reader
from proposals.editing.models import Checkpoint
from tests.protocol.clients import LivePeer
from tests.protocol.conftest import Place, ask
from tests.protocol.power import Disk, Sent, Step, Synced, can_watch, steps, watched
from tests.protocol.server import Server, database_url

pytestmark = pytest.mark.live

CUTS = int(os.environ.get("POWER_CUTS", "200"))
WORDS = 150  # of each of two people: together more than what is folded into a checkpoint


@pytest.fixture
def mortal(transactional_db: None) -> Iterator[Server]:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL syncs by itself, and is trusted to.")
    if not can_watch():
        pytest.skip("Only where strace may watch another process.")
    server = Server(database_url()).start()
    yield server
    server.close()


@dataclass(frozen=True)
class Where:
    """The files as they were at first, which epoch is asked for, and where there is room for copies."""

    files: dict[str, bytes]
    epoch: str
    folder: Path


class Typist:
    """Somebody who types word after word; which of them a receipt covers."""

    def __init__(self, peer: LivePeer) -> None:
        self.peer = peer
        self.words: list[str] = []
        self.before = 0
        self.port = 0

    async def type(self, chance: random.Random) -> None:
        await self.peer.connect()
        assert self.peer.line is not None
        self.before, self.port = self.peer.sent, self.peer.line.local_address[1]
        for number in range(WORDS):
            self.words.append(f"[{self.peer.client}.{number}]")
            self.peer.type(self.words[-1])
            await asyncio.sleep(chance.random() * 0.01)
        await self.peer.saved()
        with contextlib.suppress(ConnectionClosed):
            await self.peer.disconnect()


async def test_nothing_receipted_is_lost_when_the_power_fails(
    place: Place, mortal: Server, tmp_path: Path
) -> None:
    """[ED156] Two people type, then their document is folded; the power is cut at 200 moments of it."""
    place = place.on(mortal)
    typists = [Typist(place.peer(person)) for person in (place.cast.amara, place.cast.ben)]
    database = Path(str(connection.settings_dict["NAME"]))
    trace = tmp_path / "trace"
    with watched(mortal.pid, trace):
        files = {str(path): path.read_bytes() for path in (database, Path(f"{database}-wal"))}
        await asyncio.gather(*(each.type(random.Random(n)) for n, each in enumerate(typists)))
        await until_folded(place)
    happened = list(steps(trace))
    where = Where(files, place.epoch.pk.hex, tmp_path)
    honest = outcomes(happened, typists, where)
    assert len(honest) == CUTS
    assert [lost for lost in honest if lost] == []
    # The same on a disk that only says it had synced: without that the words are gone, so the cuts do cut.
    careless = [step for step in happened if not isinstance(step, Synced)]
    assert sum(map(bool, outcomes(careless, typists, where, by_chance=False))) > CUTS / 2


async def until_folded(place: Place) -> None:
    """Another process does it, and tells nobody."""
    async with asyncio.timeout(30):
        while not await ask(lambda: Checkpoint.objects.filter(epoch=place.epoch).exists()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def outcomes(
    happened: Sequence[Step], typists: list[Typist], where: Where, *, by_chance: bool = True
) -> list[set[str]]:
    """For each cut: the words that had a receipt and are gone. At every second cut chance has its part."""
    chance = random.Random(156)
    moments = sorted(chance.randrange(len(happened)) for _ in range(CUTS))
    disk = Disk({path: bytearray(data) for path, data in where.files.items()})
    sent: dict[int, bytearray] = {}
    found: list[set[str]] = []
    at = 0
    for number, moment in enumerate(moments):
        for step in happened[at:moment]:
            if isinstance(step, Sent):
                sent.setdefault(step.port, bytearray()).extend(step.data)
            disk.take(step)
        at = moment
        left = disk.after_cut(chance if by_chance and number % 2 else None)
        said = read_back(left, where.epoch, where.folder)
        found.append({word for each in typists for word in covered(each, sent) if word not in said})
    return found


def covered(typist: Typist, sent: dict[int, bytearray]) -> list[str]:
    """The words whose receipt was on its way before the cut."""
    count = 0
    for payload in messages(bytes(sent.get(typist.port, b""))):
        if payload[:1] == bytes([protocol.ACK]):
            count = Reader(payload[1:]).varuint()
    return typist.words[: max(0, count - typist.before)]


def messages(stream: bytes) -> Iterator[bytes]:
    """The binary messages that a server has sent whole, behind its answer to the handshake."""
    at = stream.find(b"\r\n\r\n") + 4
    while at > 3 and at + 2 <= len(stream):
        length, head = stream[at + 1], 2
        if length >= 126:
            wide = 2 if length == 126 else 8
            length, head = int.from_bytes(stream[at + 2 : at + 2 + wide]), 2 + wide
        if at + head + length > len(stream):
            return
        yield stream[at + head : at + head + length]
        at += head + length


def read_back(left: dict[str, bytes], epoch: str, folder: Path) -> str:
    """Open what the cut left, as the server would after a restart: what the document says."""
    copy = folder / "after.sqlite3"
    Path(f"{copy}-shm").unlink(missing_ok=True)
    for path, data in left.items():
        Path(f"{copy}{'-wal' if path.endswith('-wal') else ''}").write_bytes(data)
    with contextlib.closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = database.execute(
            "SELECT upto, data FROM editing_checkpoint WHERE epoch_id = ?"
            " UNION ALL SELECT seq, data FROM editing_update WHERE epoch_id = ? ORDER BY 1",
            (epoch, epoch),
        ).fetchall()
    doc = Doc({"t:problem": Text()})
    for _seq, data in rows:
        doc.apply_update(data)
    return str(doc.get("t:problem", type=Text))
