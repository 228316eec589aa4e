"""A process that sends without end, so that it does not share the honest clients' processor time."""

import asyncio
import sys
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import Entry
from tests.protocol.clients import Door, LivePeer

QUESTION = protocol.sync_step1({})


async def main(url: str, cookie: str, *, origin: str, kind: str) -> None:
    async with LivePeer(Door(url, cookie, origin), client=4_000_001) as peer:
        print("begun", flush=True)
        clock = 0
        with suppress(ConnectionClosed):
            while not peer.is_closed:
                clock += 1
                shown = protocol.awareness([Entry(peer.client, clock, {"section": "problem"})])
                assert peer.line is not None
                await peer.line.send(QUESTION if kind == "question" else shown)
                if clock % 20 == 0:
                    await asyncio.sleep(0)
        print(peer.code, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3], origin=sys.argv[3], kind=sys.argv[4]))
