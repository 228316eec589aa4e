"""The three servers under load, each started on one core with an empty SQLite file."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load.swarm import PEERS, Seat, pinned

ROOT = Path(__file__).resolve().parents[2]
PORTS = {"coprod": 8195, "hocuspocus": 8196, "yws": 8197}


@contextmanager
def running(kind: str, people: int) -> Iterator[tuple[int, list[Seat]]]:
    """A fresh server of a kind: its process id and a seat for each person."""
    with tempfile.TemporaryDirectory() as folder:
        start = coprod if kind == "coprod" else peer
        process, seats = start(kind, Path(folder), people)
        try:
            yield process.pid, seats
        finally:
            process.kill()
            process.wait()


def peer(kind: str, folder: Path, people: int) -> tuple[subprocess.Popen[str], list[Seat]]:
    script = {"hocuspocus": "hocuspocus.mjs", "yws": "ywebsocket.mjs"}[kind]
    port = str(PORTS[kind])
    command = pinned(0, ["node", script, port, str(folder / "peer.sqlite")])
    process = subprocess.Popen(command, cwd=PEERS, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    process.stdout.readline()
    path = "/room" if kind == "yws" else "/"
    return process, [Seat(f"ws://127.0.0.1:{port}{path}", "room")] * people


def coprod(_: str, folder: Path, people: int) -> tuple[subprocess.Popen[str], list[Seat]]:
    port = PORTS["coprod"]
    env = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{folder}/coprod.sqlite3",
        "NOTICES_URL": "memory://",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "coprod.settings",
    }
    made = subprocess.run(
        [sys.executable, "-m", "tests.load.world"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    world = json.loads(made.stdout.splitlines()[-1])
    daphne = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "-v", "0"]
    command = pinned(0, [*daphne, "coprod.asgi:application"])
    process = subprocess.Popen(command, cwd=ROOT, env=env, text=True)
    answers(f"http://127.0.0.1:{port}/healthz")
    origin = f"http://127.0.0.1:{port}"
    epoch = world["epochs"][0]
    url = f"ws://127.0.0.1:{port}/ws/documents/{epoch}"
    return process, [Seat(url, epoch, world["cookies"][i % 2], origin) for i in range(people)]


def answers(url: str, seconds: float = 20) -> None:
    """Wait until the server is there; raises TimeoutError when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)
