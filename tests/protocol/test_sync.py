"""Sync messages: two people type, and both see both."""

import pytest

from tests.protocol.conftest import Place

pytestmark = pytest.mark.live


async def test_two_people_see_what_each_other_types(place: Place) -> None:
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        amara.type("Patients wait.")
        await ben.until(lambda: "Patients wait." in ben.said)
        ben.type(" They should not.")
        await amara.until(lambda: "They should not." in amara.said)
        assert amara.said == ben.said
