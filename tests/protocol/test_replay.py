"""A history of single keystrokes, sent as fast as the line takes it, with somebody who reads along."""

import asyncio
import os

import pytest

from tests.load.history import Typist
from tests.protocol.conftest import Place

pytestmark = pytest.mark.live

KEYSTROKES = int(os.environ.get("KEYSTROKES", "4000"))


async def test_a_history_replayed_at_full_speed_arrives_whole(place: Place) -> None:
    """[ED154] [ED193] Nobody is cut off for typing too fast. Rows are fewer than keystrokes."""
    typist = Typist(seed=154)
    typist.work(KEYSTROKES)
    async with place.peer(place.cast.amara, ours=False) as amara, place.peer(place.cast.ben) as ben:
        for number, (at, removed, typed) in enumerate(typist.patches):
            start = octets(amara.said[:at])
            with amara.doc.transaction():
                if removed:
                    del amara.text[start : start + octets(amara.said[at : at + removed])]
                if typed:
                    amara.text.insert(start, typed)
            if number % 200 == 0:
                await asyncio.sleep(0)
        await ben.until(lambda: ben.said == amara.said, seconds=60)
        assert amara.code is None
        assert len(await place.rows()) < KEYSTROKES


def octets(words: str) -> int:
    """How the library counts places in a text."""
    return len(words.encode())
