"""Presence: who is here, as the server writes it."""

import pytest

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import Entry
from proposals.editing.domain.values import Json
from tests.protocol.conftest import Place

pytestmark = pytest.mark.live
FORGED: dict[str, Json] = {"user": {"id": 99, "name": "The Chair", "side": "other"}, "section": "problem"}


async def test_the_server_writes_the_name(place: Place) -> None:
    """[ED40] Name and side come from the session, whatever the client says."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        await amara.show(1, FORGED)
        await ben.until(lambda: amara.client in ben.present)
        state = ben.present[amara.client].state
        assert state is not None
        assert state["user"] == {"id": place.cast.amara.pk, "name": "Amara Okafor", "side": "clinician"}
        assert state["section"] == "problem"


async def test_nobody_speaks_for_another(place: Place) -> None:
    """[ED40] An entry under somebody else's client id is dropped."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        await amara.show(1, {"section": "problem"})
        await ben.show(1, {"section": "aim"})
        await ben.until(lambda: amara.client in ben.present)
        await ben.say(protocol.awareness([Entry(amara.client, 7, None)]))
        await ben.show(2, {"section": "summary"})
        await amara.until(lambda: section(amara.present.get(ben.client)) == "summary")
        assert section(ben.present[amara.client]) == "problem"


async def test_whoever_leaves_is_taken_off(place: Place) -> None:
    """[ED41] A closed socket says goodbye for its client."""
    async with place.peer(place.cast.ben) as ben:
        async with place.peer(place.cast.amara) as amara:
            await amara.show(1, {"section": "problem"})
            await ben.until(lambda: amara.client in ben.present)
        await ben.until(lambda: ben.present[amara.client].state is None)


async def test_a_newcomer_sees_who_is_here(place: Place) -> None:
    async with place.peer(place.cast.amara) as amara:
        await amara.show(1, {"section": "problem"})
        async with place.peer(place.cast.ben, ours=False) as ben:
            await ben.until(lambda: amara.client in ben.present)


async def test_asking_who_is_here(place: Place) -> None:
    async with place.peer(place.cast.amara) as amara:
        await amara.show(1, {"section": "problem"})
        await amara.say(protocol.query_awareness())
        await amara.until(lambda: amara.client in amara.present)


def section(entry: Entry | None) -> object:
    return entry.state["section"] if entry and entry.state else None
