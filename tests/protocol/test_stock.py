"""A stock y-websocket 3.1 client in Node, given only URL, cookie and origin, against the running server."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.protocol.clients import Door
from tests.protocol.conftest import Place

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on the path"),
]
SCRIPT = Path(__file__).with_name("stock_client.mjs")
Report = dict[str, Any]


class StockClient:
    """The Node process: one command, one report."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.news: list[Report] = []

    async def do(self, name: str, **arguments: object) -> Report:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": name, **arguments}).encode() + b"\n")
        while True:
            report = await self._read()
            if "text" in report:
                return report
            self.news.append(report)

    async def heard(self, key: str) -> object:
        """The next report of this kind."""
        while not (found := [report for report in self.news if key in report]):
            self.news.append(await self._read())
        self.news.remove(found[0])
        value: object = found[0][key]
        return value

    async def until(self, condition: Callable[[Report], bool]) -> Report:
        async with asyncio.timeout(8):
            while not condition(report := await self.do("look")):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        return report

    async def _read(self) -> Report:
        assert self.process.stdout is not None
        async with asyncio.timeout(10):
            report: Report = json.loads(await self.process.stdout.readline())
        return report


async def stock(door: Door) -> StockClient:
    base, _, epoch = door.url.rpartition("/")
    process = await asyncio.create_subprocess_exec(
        "node", str(SCRIPT), base, epoch, door.cookie, door.origin or "", stdin=-1, stdout=-1
    )
    return StockClient(process)


@pytest.fixture
async def ben(place: Place) -> AsyncIterator[StockClient]:
    client = await stock(place.door(place.cast.ben))
    yield client
    client.process.kill()
    await client.process.wait()


async def test_it_syncs_edits_and_shows_presence(place: Place, ben: StockClient) -> None:
    """[ED39] Both ways, and it never meets a message that it does not know."""
    async with place.peer(place.cast.amara) as amara:
        assert await ben.heard("synced") is True
        amara.type("Hello Ben.")
        await ben.until(lambda report: "Hello Ben." in report["text"])
        await ben.do("insert", at=1, words="Hello Amara. ")
        await amara.until(lambda: "Hello Amara. " in amara.said)
        await amara.show(1, {"section": "problem"})
        await ben.until(lambda report: str(amara.client) in report["present"])
        report = await ben.do("show", state={"section": "aim"})
        await amara.until(lambda: report["client"] in amara.present)
        state = amara.present[report["client"]].state
        assert state is not None
        assert state["user"] == {"id": place.cast.ben.pk, "name": "Ben Adeyemi", "side": "manager"}
        assert (await ben.do("look"))["complaints"] == []


async def test_it_comes_back_with_what_it_wrote_offline(place: Place, ben: StockClient) -> None:
    async with place.peer(place.cast.amara) as amara:
        assert await ben.heard("synced") is True
        await ben.do("leave")
        await ben.do("insert", at=1, words="Offline. ")
        amara.type("Meanwhile.")
        await amara.saved()
        await ben.do("join")
        await amara.until(lambda: "Offline. " in amara.said)
        await ben.until(lambda report: report["text"] == amara.said)


async def test_it_does_not_insist_where_it_may_not_go(place: Place) -> None:
    """[ED44] Our codes are final for it: no reconnecting for ever."""
    eve = await stock(place.door(place.cast.eve))
    try:
        assert await eve.heard("closed") == 4404
        assert (await eve.do("look"))["shouldConnect"] is False
    finally:
        eve.process.kill()
        await eve.process.wait()
