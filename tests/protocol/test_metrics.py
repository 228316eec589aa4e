"""The figures of a running server: they follow what happens, and tell nothing of anybody or their words."""

import asyncio
import re
import urllib.request
from collections.abc import Iterator

import pytest

from tests.protocol.conftest import Place
from tests.protocol.server import Server, database_url
from tests.protocol.test_discretion import COMMENTED, GUESSED, HOSTILE, SHOWN, TYPED, comments, hostile

pytestmark = pytest.mark.live

TOKEN = "Nasturtium"
SAMPLE = re.compile(r"^([a-z_]+)(\{[^}]*\})? (\S+)$", re.MULTILINE)
# Every label there is, and every word that may stand behind one.
LABELS = {
    "le": r"[0-9.]+|\+Inf",
    "code": r"4\d\d\d",
    "job": r"read|whole|place|name|seed|restore",
    "reason": r"[A-Za-z -]{4,50}",
}


@pytest.fixture
def watched(place: Place) -> Iterator[Place]:
    server = Server(database_url(), METRICS_TOKEN=TOKEN, METRICS_LOCAL="0").start()
    yield place.on(server)
    server.close()


def figures(place: Place) -> str:
    request = urllib.request.Request(
        f"{place.server.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        text: str = answer.read().decode()
    return text


def value(text: str, sample: str) -> float:
    """All of that name together."""
    return sum(float(number) for name, _, number in SAMPLE.findall(text) if name == sample)


async def test_figures_follow_what_happens(watched: Place) -> None:
    """[OP3] Commits, ticks, rooms, sockets and bytes while two type; nothing waits once all is saved."""
    place = watched
    quiet = await asyncio.to_thread(figures, place)
    assert value(quiet, "coprod_rooms") == 0
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        for n in range(20):
            amara.type(f"{n} ")
            await amara.saved()
        await ben.until(lambda: ben.said == amara.said)
        text = await asyncio.to_thread(figures, place)
        assert value(text, "coprod_rooms") == 1
        assert value(text, "coprod_sockets") == value(text, "coprod_largest_room_sockets") == 2
        assert value(text, "coprod_room_bytes") == value(text, "coprod_largest_room_bytes") > 20
        assert value(text, "coprod_commit_updates_total") == 20
        assert 0 < value(text, "coprod_commit_seconds_count") <= 20
        assert 0 < value(text, "coprod_commit_seconds_sum") < 20
        assert value(text, "coprod_tick_seconds_count") > 0
        for name in (
            "queue_updates",
            "queue_bytes",
            "outbox_bytes",
            "commit_waits_total",
            "quarantines_total",
        ):
            assert value(text, f"coprod_{name}") == 0
        async with place.peer(place.cast.dele) as dele:
            dele.type("Not allowed.")
            await dele.until(lambda: bool(dele.rejects))
        text = await asyncio.to_thread(figures, place)
        assert 'coprod_refused_updates_total{reason="read-only"} 1.0' in text
    assert value(text, "process_open_fds") > 0


async def test_figures_tell_nothing_of_anybody(watched: Place) -> None:
    """[OP3] After words, presence, comments, a wrong password, hostile frames: numbers and fixed words."""
    place = watched
    amara_is = place.cast.amara
    async with place.peer(amara_is) as amara:
        amara.type(f"{TYPED} is what people wrote.")
        await amara.saved()
        await amara.show(1, {"section": SHOWN})
        await asyncio.to_thread(comments, place)
        await hostile(place)
        await asyncio.to_thread(figures, place)
        text = await asyncio.to_thread(figures, place)
    assert value(text, "coprod_closed_sockets_total") > 0
    document = place.epoch.document
    ids = (str(place.epoch.pk), place.epoch.pk.hex, document.proposal.reference)
    people = (amara_is.name, amara_is.email, place.cookies[amara_is.pk], document.proposal.title)
    for word in (TYPED, COMMENTED, SHOWN, HOSTILE, GUESSED, TOKEN, *ids, *people):
        assert word not in text
    for _, labels, _ in SAMPLE.findall(text):
        for name, said in re.findall(r'(\w+)="([^"]*)"', labels):
            assert re.fullmatch(LABELS[name], said), (name, said)
