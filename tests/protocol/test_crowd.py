"""A hundred people join one document within a second."""

import asyncio
import time
from collections.abc import Awaitable

import pytest

from tests.protocol.conftest import Place

pytestmark = pytest.mark.live

CROWD = 100


async def test_a_crowd_joins_at_once(place: Place) -> None:
    """[ED155] Everybody has the text; how long it took is judged loosely, for the machine may be busy."""
    async with place.peer(place.cast.amara) as amara:
        amara.type("Words that everybody waits for. " * 1_000)
        await amara.saved()
        started = time.monotonic()
        crowd = [place.peer(who) for who in (place.cast.ben, place.cast.dele) * (CROWD // 2)]
        await asyncio.gather(*(later(person.connect(), n / CROWD) for n, person in enumerate(crowd)))
        assert all(person.said == amara.said for person in crowd)
        assert time.monotonic() - started < 15
        await asyncio.gather(*(person.disconnect() for person in crowd))


async def later(step: Awaitable[None], seconds: float) -> None:
    await asyncio.sleep(seconds)
    await step
