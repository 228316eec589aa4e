"""One contract for every way hints travel: memory here, LISTEN/NOTIFY and Redis where they run."""

import os
import queue
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
import redis
from django.db import connection

from tests.protocol.server import free_port
from workspaces.notices import RETURNED
from workspaces.notices.memory import Memory, Payload
from workspaces.notices.postgres import Postgres
from workspaces.notices.redis import Redis
from workspaces.notices.remote import Remote

POSTGRES = os.environ.get("TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")


@pytest.fixture
def redis_server() -> Iterator[subprocess.Popen[bytes]]:
    port = free_port()
    try:
        process = start_redis(port)
    except FileNotFoundError:
        pytest.skip("redis-server is not installed")
    process.port = port  # type: ignore[attr-defined]
    yield process
    process.kill()
    process.wait()


def start_redis(port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL
    )
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            with redis.Redis(port=port) as probe:
                probe.ping()
        except redis.ConnectionError:
            time.sleep(0.05)
        else:
            break
    return process


def url_of(request: pytest.FixtureRequest, kind: str) -> str:
    if kind == "redis":
        return f"redis://127.0.0.1:{request.getfixturevalue('redis_server').port}/0"
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        pytest.skip("PostgreSQL is not running here")
    return POSTGRES


@pytest.fixture(params=["postgres", "redis"])
def two(request: pytest.FixtureRequest) -> Iterator[tuple[Remote, Remote]]:
    """Two processes' transports on the same carrier."""
    make: Callable[[str], Remote] = Postgres if request.param == "postgres" else Redis
    url = url_of(request, request.param)
    pair = make(url), make(url)
    yield pair
    for each in pair:
        each.close()


def listen(transport: Memory, group: str) -> "queue.Queue[Payload]":
    heard: queue.Queue[Payload] = queue.Queue()
    transport.subscribe(group, heard.put)
    if isinstance(transport, Remote):
        assert transport.listening.wait(5)
    return heard


def test_a_hint_is_heard_at_home() -> None:
    memory = Memory()
    heard = listen(memory, "proposal.1")
    memory.send("proposal.1", {"type": "title"})
    assert heard.get(timeout=1) == {"type": "title"}


def test_a_hint_is_heard_here_and_there_once(two: tuple[Remote, Remote]) -> None:
    """[ED53] Each listener hears it once, the sender's own process too; other groups do not."""
    here, there = two
    mine, theirs, others = listen(here, "epoch.x"), listen(there, "epoch.x"), listen(there, "epoch.y")
    here.send("epoch.x", {"type": "advanced", "seq": 7})
    assert mine.get(timeout=3) == theirs.get(timeout=3) == {"type": "advanced", "seq": 7}
    time.sleep(0.2)
    assert mine.empty()
    assert theirs.empty()
    assert others.empty()


def test_a_dead_carrier_fails_nobody(redis_server: subprocess.Popen[bytes]) -> None:
    """[ED53] Redis dies: hints at home are still heard, nobody fails; when it is back, so are hints."""
    port: int = redis_server.port  # type: ignore[attr-defined]
    here, there = Redis(f"redis://127.0.0.1:{port}/0"), Redis(f"redis://127.0.0.1:{port}/0")
    mine, theirs = listen(here, "epoch.x"), listen(there, "epoch.x")
    redis_server.send_signal(signal.SIGKILL)
    redis_server.wait()
    here.send("epoch.x", {"type": "advanced", "seq": 1})
    assert mine.get(timeout=3)["seq"] == 1
    again = start_redis(port)
    try:
        seq, end = 2, time.monotonic() + 10
        while theirs.empty() and time.monotonic() < end:
            here.send("epoch.x", {"type": "advanced", "seq": seq})
            seq += 1
            time.sleep(0.1)
        assert theirs.get(timeout=1)["type"] == "advanced"
    finally:
        here.close()
        there.close()
        again.kill()
        again.wait()


def test_whoever_missed_hints_is_told(redis_server: subprocess.Popen[bytes]) -> None:
    """[ED53] Once the carrier is back listeners hear of it, and look for themselves."""
    port: int = redis_server.port  # type: ignore[attr-defined]
    here = Redis(f"redis://127.0.0.1:{port}/0")
    returned = listen(here, RETURNED)
    assert returned.empty()
    redis_server.send_signal(signal.SIGKILL)
    redis_server.wait()
    time.sleep(0.5)
    again = start_redis(port)
    try:
        assert returned.get(timeout=3) == {"type": RETURNED}
    finally:
        here.close()
        again.kill()
        again.wait()


def test_postgres_needs_postgres() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("here it is one")
    with pytest.raises(ValueError, match="the database is another one"):
        Postgres("postgres://").carry("{}")
