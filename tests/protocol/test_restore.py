"""Words are brought back while two people type: they see it happen and lose nothing."""

import asyncio

import pytest
from pycrdt import Doc, Text

from proposals.editing import log, services
from tests.protocol.conftest import Place, ask

pytestmark = pytest.mark.live


async def test_two_type_while_words_are_brought_back(place: Place) -> None:
    """[ED133] Both hear of it, what was not there yet stays, and both hold the same text at the end."""
    document, cast = place.epoch.document, place.cast
    async with place.peer(cast.amara) as amara, place.peer(cast.ben) as ben:
        amara.type("People wait far too long. ")
        await amara.saved()
        version = await ask(lambda: services.name_version(document, "Then", by=cast.amara))
        del amara.text[13:21]
        amara.type("Now. ")
        await amara.saved()
        work = asyncio.create_task(ask(lambda: services.restore(document, version, by=cast.ben)))
        for n in range(20):
            amara.type(f"a{n} ")
            ben.text.insert(1, f"b{n} ")
            await asyncio.sleep(0.01)
        seq = await work
        await amara.saved()
        await ben.saved()
        await amara.until(lambda: "far too long" in amara.said and amara.said == ben.said, seconds=6)
        before = replayed([data for at, data in await place.rows() if at < seq])
        words = {f"{who}{n} " for who in "ab" for n in range(20)}
        # What was saved before may be part of what was put back; what was not there yet may not.
        assert {word for word in words if word not in before} <= {
            w for w in words if amara.said.count(w) == 1
        }
        assert {amara.said.count(word) for word in words} <= {0, 1}
        await ask(log.writer().stop)


def replayed(rows: list[bytes]) -> str:
    doc = Doc({"t:problem": Text()})
    for row in rows:
        doc.apply_update(row)
    return str(doc.get("t:problem", type=Text))
