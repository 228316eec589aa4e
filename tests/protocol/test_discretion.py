"""What people write, and who they are, never stands in a line that the server logs, even at DEBUG."""

import asyncio
import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import Entry
from tests.protocol.clients import LivePeer
from tests.protocol.conftest import Place
from tests.protocol.server import Server, database_url

pytestmark = pytest.mark.live

TYPED, COMMENTED, SHOWN, HOSTILE, GUESSED = "Quillwort", "Zymurgy", "Flibbert", "Grimalkin", "Vexillary"
TOKEN = "c" * 32


@pytest.fixture
def talkative(place: Place) -> Iterator[Place]:
    server = Server(database_url(), LOG_LEVEL="DEBUG").start()
    yield place.on(server)
    server.close()


async def test_no_word_and_no_address_is_logged(talkative: Place) -> None:
    """[ED101] Typing, presence, comments good and bad, a wrong password, hostile and damaged frames."""
    place = talkative
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        amara.type(f"{TYPED} is what people wrote.")
        await amara.saved()
        await amara.show(1, {"section": SHOWN})
        await ben.until(lambda: TYPED in ben.said)
        update = amara.doc.get_update()
        codes = await asyncio.to_thread(comments, place)
        assert codes == [201, 422, 400, 200]
        await hostile(place)
        amara.type(" And more.")
        await amara.saved()
    await asyncio.to_thread(place.server.stop)
    log = all_of(place.server)
    assert "DEBUG" in log
    for word in (TYPED, COMMENTED, SHOWN, HOSTILE, GUESSED, "And more", place.cast.amara.email):
        assert word not in log
    assert update.hex()[8:40] not in log
    assert place.cookies[place.cast.amara.pk] not in log


def all_of(server: Server) -> str:
    size = os.fstat(server._log.fileno()).st_size
    return os.pread(server._log.fileno(), size, 0).decode(errors="replace")


def comments(place: Place) -> list[int]:
    """One that is taken, one for no section, one that is no JSON; and a sign-in with a wrong password."""
    threads = f"/api/documents/{place.epoch.document_id}/threads/"
    good = json.dumps({"section": "summary", "body": COMMENTED}).encode()
    bad = json.dumps({"section": COMMENTED, "body": COMMENTED}).encode()
    form = {"login": place.cast.amara.email, "password": GUESSED, "csrfmiddlewaretoken": TOKEN}
    return [
        post(place, threads, good),
        post(place, threads, bad),
        post(place, threads, b'{"body": "' + COMMENTED.encode()),
        post(place, "/accounts/login/", urllib.parse.urlencode(form).encode(), signed_in=False),
    ]


def post(place: Place, path: str, body: bytes, *, signed_in: bool = True) -> int:
    session = f"; sessionid={place.cookies[place.cast.amara.pk]}" if signed_in else ""
    kind = "application/json" if signed_in else "application/x-www-form-urlencoded"
    headers = {"Cookie": f"csrftoken={TOKEN}{session}", "X-CSRFToken": TOKEN, "Content-Type": kind}
    request = urllib.request.Request(place.server.address + path, body, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            status: int = answer.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
    return status


async def hostile(place: Place) -> None:
    """An update cut in the middle, one that is damaged, presence of somebody else, text, and nonsense."""
    writer = LivePeer(place.door(place.cast.ben), client=9_000_001)
    writer.type(HOSTILE)
    update = writer.doc.get_update()
    frames: list[bytes | str] = [
        protocol.sync_update(update[:-6]),
        protocol.sync_update(update.replace(b"t:problem", b"t:nowhere")),
        protocol.sync_step2(update[:4] + HOSTILE.encode()),
        protocol.awareness([Entry(7, 1, {"user": {"name": HOSTILE}})]),
        HOSTILE,
        b"\x09" + HOSTILE.encode(),
    ]
    for frame in frames:
        line = await place.door(place.cast.ben).knock()
        try:
            await line.send(frame)
            async with asyncio.timeout(1):
                await line.wait_closed()
        except (ConnectionClosed, TimeoutError):
            await line.close()
