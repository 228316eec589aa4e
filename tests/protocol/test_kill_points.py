"""The process dies at named points between a keystroke and its receipt: nothing receipted is missing."""

import asyncio
import os
import random
import signal
from collections.abc import Iterator

import pytest

from proposals.editing.models import Epoch
from tests.protocol.clients import LivePeer
from tests.protocol.conftest import Place, ask
from tests.protocol.server import Server, child, database_url
from tests.protocol.test_kill import replayed, type_on

pytestmark = pytest.mark.live

ROUNDS = int(os.environ.get("KILL_ROUNDS", "1"))
ON_THE_WAY = ("after-gate", "before-commit", "after-commit", "mid-broadcast", "before-receipt")
ELSEWHERE = {"mid-compaction": "compact", "mid-freeze": "freeze_it"}


@pytest.fixture
def mortal(transactional_db: None) -> Iterator[Server]:
    server = Server(database_url())
    yield server
    server.close()


async def test_nothing_receipted_is_lost_at_any_point(place: Place, mortal: Server) -> None:
    """[ED152] One death after the other, each at another point and pass, on one document and its editors."""
    place = place.on(mortal)
    chance = random.Random(152)
    people = [place.peer(place.cast.amara), place.peer(place.cast.ben)]
    deaths = [point for _ in range(ROUNDS) for point in ON_THE_WAY]
    for life, point in enumerate(deaths):
        dying = {"DEBUG": "1", "COPROD_DIE_AT": f"{point}:{chance.randint(2, 12)}"}
        await asyncio.to_thread(mortal.start, **dying)
        await lived_through(place, mortal, people, life=life, point=point)
    await asyncio.to_thread(mortal.start)
    await all_equal(place, people)


async def lived_through(
    place: Place, mortal: Server, people: list[LivePeer], *, life: int, point: str
) -> None:
    """Everybody types until the server dies; what they had receipts for is in the log."""
    for person in people:
        await person.connect()
    chance = random.Random(life)
    typing = [asyncio.create_task(type_on(person, life, chance)) for person in people]
    assert await asyncio.to_thread(mortal.lived) == -signal.SIGKILL, point
    receipted = set().union(*[await task for task in typing])
    stored = await replayed(place)
    assert {word for word in receipted if word not in stored} == set(), point


async def all_equal(place: Place, people: list[LivePeer]) -> None:
    """Within 5 seconds everybody has the same text, and the log has it too."""
    async with asyncio.timeout(5):
        for person in people:
            await person.connect()
            await person.saved()
        amara, ben = people
        await amara.until(lambda: amara.said == ben.said)
        await ben.until(lambda: amara.said == ben.said)
    assert amara.said == await replayed(place)
    for person in people:
        await person.disconnect()


@pytest.mark.parametrize("point", ELSEWHERE)
async def test_a_chore_that_dies_leaves_the_text_as_it_was(place: Place, point: str) -> None:
    """[ED152] Another process dies while it compacts or freezes: people type on, and nothing has changed."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        for n in range(ROUNDS):
            amara.type(f"before {n} ")
            await amara.saved()
            facts = {"COPROD_DIE_AT": point, "EPOCH": str(place.epoch.pk)}
            doing = asyncio.to_thread(
                child, database_url(), f"tests.protocol.deeds:{ELSEWHERE[point]}", **facts
            )
            ben.type(f"meanwhile {n} ")
            done = await doing
            assert done.returncode == -signal.SIGKILL, done.stderr
            await ben.saved()
        ben.type("after ")
        await ben.saved()
        await amara.until(lambda: amara.said == ben.said)
        assert amara.said == await replayed(place)
        epoch = await ask(lambda: Epoch.objects.get(pk=place.epoch.pk))
        assert epoch.closed_at is None
        assert [seq for seq, _ in await place.rows()] == list(range(1, epoch.head + 1))
