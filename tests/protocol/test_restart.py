"""SIGTERM: what has arrived is saved, every socket hears "come back", and the process ends soon."""

import asyncio
from collections.abc import Iterator

import pytest

from proposals.editing.domain.protocol import CloseCode
from tests.protocol.conftest import Place
from tests.protocol.server import DAPHNE, UVICORN, Server, database_url

pytestmark = pytest.mark.live
# Uvicorn closes sockets itself before anybody else hears of the end: "service restart".
GOODBYE = {DAPHNE: int(CloseCode.BUSY), UVICORN: 1012}


@pytest.fixture(params=[DAPHNE, UVICORN], ids=["daphne", "uvicorn"])
def mortal(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Server]:
    server = Server(database_url(), request.param).start()
    yield server
    server.close()


async def test_everybody_is_sent_away_to_come_back(place: Place, mortal: Server) -> None:
    """[ED55] The same code for every socket, within 5 s, with nothing unsaved."""
    place = place.on(mortal)
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben, ours=False) as ben:
        amara.type("Saved at the last moment.")
        await asyncio.sleep(0.01)
        seconds = await asyncio.to_thread(mortal.stop)
        assert seconds < 5
        await amara.until(lambda: amara.is_closed)
        await ben.until(lambda: ben.is_closed)
        assert {amara.code, ben.code} == {GOODBYE[mortal.runner]}
        if mortal.runner is DAPHNE:
            assert amara.receipts[-1][0] == amara.sent
        await asyncio.to_thread(mortal.start)
        if mortal.runner is UVICORN:  # it waits for nothing, so whatever has no receipt is handed in again
            await amara.connect()
        await ben.connect()
        await ben.until(lambda: "Saved at the last moment." in ben.said)
