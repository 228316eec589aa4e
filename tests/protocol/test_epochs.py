"""Freezing and thawing seen over the wire, at a server that hears no hint of it."""

import pytest

from proposals.editing import services
from proposals.editing.domain.protocol import CloseCode
from tests.protocol.clients import close_code
from tests.protocol.conftest import Place, ask

pytestmark = pytest.mark.live


async def test_frozen_thawed_and_written_on(place: Place) -> None:
    """[ED125] [ED126] Closed with 4423; a late one gets 4409; the next epoch has every word once."""
    document, amara_ = place.epoch.document, place.cast.amara
    old = place.door(amara_)
    async with place.peer(amara_) as amara:
        amara.type("Before. ")
        await amara.saved()
        version = await ask(lambda: services.freeze(document, by=amara_, patience=0.1))
        await amara.until(lambda: amara.is_closed)
        assert amara.code == CloseCode.FROZEN
    assert "Before." in version.markdown
    assert await close_code(old) == CloseCode.FROZEN
    place.epoch = await ask(lambda: services.thaw(document, by=amara_))
    assert await close_code(old) == CloseCode.OTHER_EPOCH
    async with place.peer(place.cast.ben) as ben:
        ben.type("After.")
        await ben.saved()
        # The same page comes back to the new epoch with its own copy: nothing is doubled.
        amara.door = place.door(amara_)
        await amara.connect()
        await amara.until(lambda: amara.said == ben.said)
        assert amara.said == "\nBefore. After."
        await amara.disconnect()
