"""STATE and HELLO: what a client of ours may do here, and whether it speaks the same language."""

import pytest

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import CloseCode
from tests.protocol.conftest import Place

pytestmark = pytest.mark.live


async def test_a_writer_hears_that_they_may_write(place: Place) -> None:
    """[ED42] Mode, stage, schema, newest seq and who you are, as soon as you are in."""
    async with place.peer(place.cast.amara) as amara:
        await amara.until(lambda: bool(amara.states))
        assert amara.states[0] == {
            "mode": "edit",
            "stage": "concept",
            "seq": 1,
            "schema": 1,
            "you": {"id": place.cast.amara.pk, "name": "Amara Okafor", "side": "clinician"},
            "fill": 0,
        }


async def test_a_reader_hears_why_not(place: Place) -> None:
    """[ED42] With the reason, in words."""
    async with place.peer(place.cast.dele) as dele:
        await dele.until(lambda: bool(dele.states))
        assert dele.states[0]["mode"] == "read"
        assert "Only the pair" in str(dele.states[0]["reason"])


async def test_an_old_page_is_turned_away(place: Place) -> None:
    """[ED43] Another schema version closes with 4409."""
    async with place.peer(place.cast.amara) as amara:
        await amara.say(protocol.hello(protocol.SCHEMA + 1, amara.client))
        await amara.until(lambda: amara.is_closed)
        assert amara.code == CloseCode.OTHER_EPOCH


async def test_a_client_id_of_somebody_else_is_turned_away(place: Place) -> None:
    """[ED43] Announced by one person, a client id is nobody else's."""
    async with place.peer(place.cast.amara) as amara:
        await amara.until(lambda: bool(amara.states))
        async with place.peer(place.cast.ben, client=amara.client) as ben:
            await ben.until(lambda: ben.is_closed)
            assert ben.code == CloseCode.OTHER_EPOCH
        amara.type("Still here.")
        await amara.saved()
