"""`/ws/notices`: hints for pages without an open document, to those only whom they concern."""

import asyncio
import json
import urllib.parse
import urllib.request
from dataclasses import replace

import pytest
from websockets.asyncio.client import ClientConnection

from proposals.editing.domain.protocol import CloseCode
from tests.protocol.clients import close_code
from tests.protocol.conftest import Place
from workspaces.models import Person

pytestmark = pytest.mark.live


async def listener(place: Place, person: Person | None) -> ClientConnection:
    url = f"ws://127.0.0.1:{place.server.port}/ws/notices"
    return await replace(place.door(person), url=url, ours=False).knock()


async def test_what_happens_to_a_proposal_is_heard(place: Place) -> None:
    """[ED41] Through the page of one, on the page of the other; Eve hears nothing."""
    ben, eve = await listener(place, place.cast.ben), await listener(place, place.cast.eve)
    await asyncio.sleep(0.3)
    await asyncio.to_thread(rename, place)
    async with asyncio.timeout(5):
        hint = json.loads(await ben.recv())
    assert hint["type"]
    assert all(isinstance(value, int | str) for value in hint.values())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await eve.recv()
    await ben.close()
    await eve.close()


def rename(place: Place) -> None:
    """Amara changes the title on the proposal's page."""
    proposal = place.epoch.document.proposal
    jar = f"sessionid={place.cookies[place.cast.amara.pk]}; csrftoken={'a' * 32}"
    body = urllib.parse.urlencode({"title": "A new title", "csrfmiddlewaretoken": "a" * 32}).encode()
    url = f"{place.server.address}/proposals/{proposal.reference}/title/"
    asked = urllib.request.Request(url, body, {"Cookie": jar, "Origin": place.server.address})
    with urllib.request.urlopen(asked) as answer:
        assert answer.status == 200


async def test_a_visitor_is_asked_to_sign_in(place: Place) -> None:
    """[ED44]"""
    url = f"ws://127.0.0.1:{place.server.port}/ws/notices"
    assert await close_code(replace(place.door(None), url=url)) == CloseCode.SIGN_IN
