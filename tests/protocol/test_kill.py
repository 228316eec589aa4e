"""The server is killed while people type: nothing that had a receipt is missing."""

import asyncio
import random
from collections.abc import Iterator

import pytest
from pycrdt import Doc, Text

from tests.protocol.clients import LivePeer
from tests.protocol.conftest import Place
from tests.protocol.server import Server, database_url

pytestmark = pytest.mark.live


@pytest.fixture
def mortal(transactional_db: None) -> Iterator[Server]:
    """A server of this test's own."""
    server = Server(database_url()).start()
    yield server
    server.close()


async def test_nothing_receipted_is_lost_to_a_kill(place: Place, mortal: Server) -> None:
    """[ED32] SIGKILL twice while two people type; restart; all receipted words are there, all are equal."""
    place = place.on(mortal)
    chance = random.Random(7)
    people = [place.peer(place.cast.amara), place.peer(place.cast.ben)]
    receipted: set[str] = set()
    for life in range(2):
        for person in people:
            await person.connect()
        typing = [asyncio.create_task(type_on(person, life, chance)) for person in people]
        await asyncio.sleep(0.3 + chance.random() * 0.4)
        await asyncio.to_thread(mortal.kill9)
        for task in typing:
            receipted |= await task
        assert receipted
        stored = await replayed(place)
        assert {word for word in receipted if word not in stored} == set()
        await asyncio.to_thread(mortal.start)
    for person in people:
        await person.connect()
    amara, ben = people
    for person in people:
        await person.saved()
    await amara.until(lambda: amara.said == ben.said)
    assert amara.said == await replayed(place)
    for person in people:
        await person.disconnect()


async def type_on(person: LivePeer, life: int, chance: random.Random) -> set[str]:
    """Type words until the line breaks; those that had their receipt by then."""
    words: list[str] = []
    before = person.sent
    while not person.is_closed:
        words.append(f"[{person.client}.{life}.{len(words)}]")
        person.type(words[-1])
        await asyncio.sleep(chance.random() * 0.01)
    done = (person.receipts[-1][0] if person.receipts else 0) - before
    person.receipts.clear()
    return set(words[: max(0, done)])


async def replayed(place: Place) -> str:
    doc = Doc({"t:problem": Text()})
    for _, data in await place.rows():
        doc.apply_update(data)
    return str(doc.get("t:problem", type=Text))
