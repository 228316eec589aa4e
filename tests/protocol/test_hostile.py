"""Malformed, oversized and hostile frames: that socket closes with its code, the others notice nothing."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.domain.wire import varbytes, varuint
from tests.protocol.clients import LivePeer
from tests.protocol.conftest import Place

pytestmark = pytest.mark.live
DATA = Path(__file__).parents[1] / "data/hostile_updates.json"
CASES = [
    case
    for case in json.loads(DATA.read_text())["cases"]
    # A stolen client id is not malformed: see `test_nobody_takes_anothers_clocks`.
    if case["op"] in ("apply", "merge")
    and not case["id"].startswith("steal")
    and "(" not in str(case["hex"])
    and "…" not in str(case["hex"])
]
BAD = 4_242_424
MALFORMED = {
    "empty update": b"\x00\x02",
    "unknown type": b"\x09abc",
    "server's own type": protocol.receipt(1, 1),
    "auth": b"\x02\x00\x00",
    "unknown step": b"\x00\x07\x00",
    "short": b"\x00\x02\x05ab",
    "long": b"\x00\x02\x02\x00\x00\x00",
    "state vector of 2**53": b"\x00\x00" + varbytes(b"\x01\x01" + b"\xff" * 9),
    "many clients": b"\x00\x00" + varbytes(bytes.fromhex("8080808002")),
    "presence that is no JSON": b"\x01" + varbytes(b"\x01" + varuint(BAD) + b"\x01" + varbytes(b"{nonsense")),
    "presence cut off": b"\x01\x03\x01\x01",
    "half a number": b"\x00\x02\xff",
    "hello cut off": b"\x68\x01",
}


async def goes_on(honest: LivePeer, other: LivePeer) -> None:
    """Two honest people still type and are saved."""
    honest.type("+")
    await honest.saved()
    await other.until(lambda: other.said == honest.said)


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_malformed_frame_closes_its_socket(place: Place, name: str) -> None:
    """[ED49] 4400, and the room goes on."""
    cast = place.cast
    async with place.peer(cast.amara) as amara, place.peer(cast.ben) as ben:
        async with place.peer(cast.ben, client=BAD) as bad:
            await bad.say(MALFORMED[name])
            await bad.until(lambda: bad.is_closed)
            assert bad.code == CloseCode.MALFORMED
        await goes_on(amara, ben)


async def test_a_text_frame_closes_its_socket(place: Place) -> None:
    """[ED49]"""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as bad:
        assert bad.line is not None
        await bad.line.send("hello")
        await bad.until(lambda: bad.is_closed)
        assert bad.code == CloseCode.MALFORMED
        await goes_on(amara, amara)


@pytest.mark.parametrize("who", ["ben", "dele"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
async def test_a_published_attack_ends_with_its_socket(
    place: Place, case: dict[str, object], who: str
) -> None:
    """[ED50] By a writer or a reader: nothing of it is stored, and the process lives."""
    cast = place.cast
    updates = case["hex"] if isinstance(case["hex"], list) else [case["hex"]]
    async with place.peer(cast.amara) as amara, place.peer(cast.ben) as ben:
        rows = len(await place.rows())
        async with place.peer(getattr(cast, who), ours=False) as bad:
            for update in updates:
                await bad.say(protocol.sync_update(bytes.fromhex(str(update))))
            await bad.until(lambda: bad.is_closed)
            assert bad.code == CloseCode.MALFORMED
        await goes_on(amara, ben)
        assert len(await place.rows()) == rows + 1


async def test_nobody_takes_anothers_clocks(place: Place) -> None:
    """[ED51] Nine bytes that would reserve another person's clocks; their next words are unharmed."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        amara.type("First.")
        await amara.saved()
        clock = len(b"First.")
        theft = b"\x01\x01" + varuint(amara.client) + bytes([clock]) + b"\x00\x05\x00"
        await ben.say(protocol.sync_update(theft))
        await ben.until(lambda: ben.is_closed)
        assert ben.code == CloseCode.MALFORMED
        amara.type("Second.")
        await amara.saved()
        async with place.peer(place.cast.dele) as dele:
            assert dele.said == amara.said


async def test_a_frame_that_is_too_large_is_not_read(place: Place) -> None:
    """[ED52] 4413."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as bad:
        await bad.say(protocol.sync_update(bytes(int(settings.ENGINE["FRAME_BYTES"]))))
        await bad.until(lambda: bad.is_closed)
        assert bad.code == CloseCode.TOO_LARGE
        await goes_on(amara, amara)


async def test_presence_that_is_too_large_is_dropped_or_refused(place: Place) -> None:
    """[ED52] A large state is dropped, a huge one closes with 4413."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as bad:
        await bad.show(1, {"section": "x" * 5_000})
        await bad.show(2, {"section": "x" * 70_000})
        await bad.until(lambda: bad.is_closed)
        assert bad.code == CloseCode.TOO_LARGE
        assert bad.client not in amara.present
