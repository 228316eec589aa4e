"""Receipts: the first n updates of this connection are in the log."""

import pytest

from proposals.editing.domain import protocol
from tests.protocol.conftest import Place

pytestmark = pytest.mark.live
NOTHING = protocol.sync_update(b"\x00\x00")


async def test_a_receipt_counts_what_is_in_the_log(place: Place) -> None:
    """[ED31] When the receipt is here, the row is there."""
    async with place.peer(place.cast.amara) as amara:
        for n in range(10):
            amara.type(f"{n} ")
            await amara.saved()
            _, seq = amara.receipts[-1]
            assert (await place.rows())[-1][0] >= seq


async def test_what_brings_nothing_is_receipted_and_not_kept(place: Place) -> None:
    """[ED38] Counted, so that the sender is at rest; neither logged nor sent on."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        amara.type("Once.")
        await amara.saved()
        await ben.until(lambda: "Once." in ben.said)
        rows, heard = len(await place.rows()), len(ben.frames)
        await amara.say(NOTHING)
        await amara.say(protocol.sync_step2(amara.doc.get_update()))
        await amara.saved()
        assert amara.receipts[-1][0] == amara.sent
        assert len(await place.rows()) == rows
        assert [f for f in ben.frames[heard:] if f[0] == protocol.SYNC] == []


async def test_a_stock_client_hears_nothing_but_yjs(place: Place) -> None:
    """[ED39] Without our subprotocol only types 0 and 1 are ever sent."""
    async with place.peer(place.cast.amara, ours=False) as stock, place.peer(place.cast.ben) as ben:
        stock.type("Plain.")
        await ben.until(lambda: "Plain." in ben.said)
        ben.type("Reply.")
        await stock.until(lambda: "Reply." in stock.said)
        await ben.show(1, {"section": None})
        await stock.until(lambda: bool(stock.present))
        assert {frame[0] for frame in stock.frames} <= {protocol.SYNC, protocol.AWARENESS}
