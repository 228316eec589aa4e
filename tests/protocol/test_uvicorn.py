"""The same engine under another server: uvicorn, whose `send` may wait."""

from collections.abc import Iterator

import pytest

from proposals.editing.domain.protocol import CloseCode
from tests.protocol.clients import close_code
from tests.protocol.conftest import Place
from tests.protocol.server import UVICORN, Server, database_url

pytestmark = pytest.mark.live


@pytest.fixture
def elsewhere(place: Place) -> Iterator[Place]:
    server = Server(database_url(), UVICORN).start()
    yield place.on(server)
    server.close()


async def test_it_works_the_same(elsewhere: Place) -> None:
    """[ED56] Typing, receipts, presence, refusal and closing."""
    place = elsewhere
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben, ours=False) as ben:
        for n in range(50):
            amara.type(f"{n} ")
        await amara.saved()
        await ben.until(lambda: "49 " in ben.said)
        await amara.show(1, {"section": "problem"})
        await ben.until(lambda: amara.client in ben.present)
        async with place.peer(place.cast.ben) as bad:
            await bad.say(b"\x09")
            await bad.until(lambda: bad.is_closed)
            assert bad.code == CloseCode.MALFORMED
        assert amara.said == ben.said
    assert await close_code(place.door(place.cast.eve)) == CloseCode.UNKNOWN
    assert await close_code(place.door(None)) == CloseCode.SIGN_IN
