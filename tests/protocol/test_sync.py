"""Sync messages: what joins, what is typed, what was written offline, and what reaches the log."""

import asyncio

import pytest
from pycrdt import Doc, Text

from proposals.editing.models import ClientBinding, Update
from tests.protocol.conftest import Place, ask

pytestmark = pytest.mark.live


async def test_two_people_see_what_each_other_types(place: Place) -> None:
    """[ED30] Live, over two sockets, and the log replays to the same text."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        amara.type("Patients wait.")
        await ben.until(lambda: "Patients wait." in ben.said)
        ben.type(" They should not.")
        await amara.until(lambda: "They should not." in amara.said)
        assert amara.said == ben.said
        replay = Doc({"t:problem": Text()})
        for _, data in await place.rows():
            replay.apply_update(data)
        assert str(replay.get("t:problem", type=Text)) == amara.said


async def test_a_newcomer_gets_everything(place: Place) -> None:
    async with place.peer(place.cast.amara) as amara:
        amara.type("Before anybody else came.")
        await amara.saved()
    async with place.peer(place.cast.ben) as ben:
        assert "Before anybody else came." in ben.said


async def test_what_was_written_offline_arrives(place: Place) -> None:
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        await amara.disconnect()
        amara.type("On the train.")
        ben.type("In the office.")
        await ben.saved()
        await amara.connect()
        await amara.until(lambda: "In the office." in amara.said)
        await ben.until(lambda: "On the train." in ben.said)
        assert amara.said == ben.said


async def test_everybody_types_at_once(place: Place) -> None:
    cast = place.cast
    async with place.peer(cast.amara) as amara, place.peer(cast.ben) as ben, place.peer(cast.ben) as tablet:
        for n in range(60):
            for peer in (amara, ben, tablet):
                peer.type(f"<{peer.client % 100}.{n}>")
            await asyncio.sleep(0.003)
        for peer in (amara, ben, tablet):
            await peer.saved()
        words = {f"<{peer.client % 100}.{n}>" for peer in (amara, ben, tablet) for n in range(60)}
        for peer in (amara, ben, tablet):
            await peer.until(lambda peer=peer: all(word in peer.said for word in words))  # type: ignore[misc]
        assert amara.said == ben.said == tablet.said


async def test_a_row_has_its_author_from_the_session(place: Place) -> None:
    """[ED35] Who wrote it comes from the socket's session, and the client id is bound to that person."""
    async with place.peer(place.cast.amara) as amara:
        amara.type("Mine.")
        await amara.saved()
        newest = await ask(lambda: Update.objects.order_by("-seq").first())
        assert newest is not None
        assert newest.by_id == place.cast.amara.pk
        bound = await ask(lambda: dict(ClientBinding.objects.values_list("client_id", "person_id")))
        assert bound[amara.client] == place.cast.amara.pk


async def test_each_accepted_update_is_a_row(place: Place) -> None:
    """[ED36] Coalescing is for the wire; the log keeps every update by itself."""
    async with place.peer(place.cast.amara) as amara:
        before = len(await place.rows())
        for word in ("one ", "two ", "three "):
            amara.type(word)
        await amara.saved()
        assert len(await place.rows()) == before + 3


async def test_everybody_gets_the_same_bytes(place: Place) -> None:
    """[ED37] One frame, made once, for every peer but the one that wrote it."""
    cast = place.cast
    stock = place.peer(cast.ben, ours=False)
    async with place.peer(cast.amara) as amara, place.peer(cast.dele) as dele, stock as ben:
        amara.type("Same.")
        await ben.until(lambda: "Same." in ben.said)
        await dele.until(lambda: "Same." in dele.said)
        await amara.saved()
        frame = [f for f in ben.frames if f[:2] == b"\x00\x02"][-1]
        assert frame in dele.frames
        assert frame not in amara.frames
