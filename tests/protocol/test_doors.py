"""Who may open a socket at all, and with which code the others are closed."""

import asyncio
import time
import uuid
from dataclasses import replace

import pytest
from django.utils import timezone
from websockets.exceptions import InvalidStatus

from proposals.editing.domain.protocol import CloseCode
from proposals.editing.models import Epoch
from tests.proposals import make_supporter
from tests.protocol.clients import close_code
from tests.protocol.conftest import Place, ask
from tests.protocol.rawline import RawLine

pytestmark = pytest.mark.live


async def test_eve_gets_404(place: Place) -> None:
    """[ED44] A stranger cannot tell a document of others from one that does not exist."""
    assert await close_code(place.door(place.cast.eve)) == CloseCode.UNKNOWN
    assert await close_code(place.door(place.cast.eve, ours=False)) == CloseCode.UNKNOWN


@pytest.mark.parametrize("name", [str(uuid.uuid4()), "nonsense", "1"])
async def test_there_is_no_such_document(place: Place, name: str) -> None:
    """[ED44]"""
    door = place.door(place.cast.amara)
    assert await close_code(replace(door, url=door.url.rsplit("/", 1)[0] + "/" + name)) == CloseCode.UNKNOWN


async def test_there_is_no_such_address(place: Place) -> None:
    """[ED44]"""
    door = place.door(place.cast.amara)
    url = f"ws://127.0.0.1:{place.server.port}/ws/elsewhere"
    assert await close_code(replace(door, url=url)) == CloseCode.UNKNOWN


async def test_a_visitor_is_asked_to_sign_in(place: Place) -> None:
    """[ED44] No session, and a made-up one."""
    assert await close_code(place.door(None)) == CloseCode.SIGN_IN
    made_up = replace(place.door(place.cast.amara), cookie="0" * 32)
    assert await close_code(made_up) == CloseCode.SIGN_IN


async def test_a_closed_epoch_stays_closed(place: Place) -> None:
    """[ED44] Frozen is 4423."""
    await ask(lambda: Epoch.objects.filter(pk=place.epoch.pk).update(closed_at=timezone.now()))
    assert await close_code(place.door(place.cast.amara)) == CloseCode.FROZEN


async def test_a_member_without_a_part_has_no_access(place: Place) -> None:
    """[ED44] 4403: the document is there, and not for them."""
    assert await close_code(place.door(place.cast.chandra)) == CloseCode.NO_ACCESS


async def test_the_patient_partner_writes(place: Place) -> None:
    await ask(lambda: make_supporter(place.epoch.document.proposal, place.cast.mags))
    async with place.peer(place.cast.mags) as mags, place.peer(place.cast.amara) as amara:
        mags.type("What matters to us.")
        await amara.until(lambda: "What matters to us." in amara.said)


async def test_a_reader_may_read(place: Place) -> None:
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.dele) as dele:
        amara.type("Read this.")
        await dele.until(lambda: "Read this." in dele.said)


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "http://localhost:{port}",
        "http://127.0.0.1.evil.example:{port}",
        "http://evil.example",
        "http://a.127.0.0.1:{port}",
        "file://",
    ],
)
async def test_another_origin_is_refused_at_the_handshake(place: Place, origin: str | None) -> None:
    """[ED45] Only a page of our own full origin gets in; one that does not say where it is from does not."""
    given = origin.format(port=place.server.port) if origin else None
    with pytest.raises(InvalidStatus) as refusal:
        await replace(place.door(place.cast.amara), origin=given).knock()
    assert refusal.value.response.status_code == 403


async def test_whoever_is_sent_away_has_time_to_hear_why(place: Place) -> None:
    """[ED195] Also shortly before a full second, at which Autobahn's timers go off."""
    line = await RawLine.to(place.door(place.cast.amara))
    await asyncio.sleep((0.7 - time.time()) % 1)
    line.send(b"\x09")
    while await line.hear() is not None:
        pass
    assert line.code == CloseCode.MALFORMED
    told = time.monotonic()
    async with asyncio.timeout(30):
        await line.ended()
    assert time.monotonic() - told > 0.9
