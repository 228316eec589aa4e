"""The servers under load, each started on one core with an empty SQLite file and on a port nobody uses."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from tests.load.swarm import PEERS, Seat, pinned

ROOT = Path(__file__).resolve().parents[2]
# As `./dev run` starts it.
QUIET = ("--websocket_timeout", "-1", "--application-close-timeout", "5", "-v", "0")
# What runs, and with what it is told; "batched" is Hocuspocus with its own batching of 50 ms.
SCRIPTS = {
    "hocuspocus": ["hocuspocus.mjs"],
    "batched": ["hocuspocus.mjs", "50"],
    "yws": ["ywebsocket.mjs"],
}


@contextmanager
def running(kind: str, people: int, rooms: int = 1) -> Iterator[tuple[int, list[Seat]]]:
    """A fresh server of a kind: its process id and a seat for each of so many people in each room."""
    with tempfile.TemporaryDirectory() as folder:
        start = coprod if kind == "coprod" else partial(peer, kind)
        process, seats = start(Path(folder), people, rooms=rooms)
        try:
            yield process.pid, seats
        finally:
            process.kill()
            process.wait()


def peer(kind: str, folder: Path, people: int, *, rooms: int) -> tuple[subprocess.Popen[str], list[Seat]]:
    script, *told = SCRIPTS[kind]
    port = str(free_port())
    command = pinned(0, ["node", script, port, str(folder / "peer.sqlite"), *told])
    process = subprocess.Popen(command, cwd=PEERS, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    if not process.stdout.readline():
        process.wait()
        raise RuntimeError(f"{kind} did not start")
    names = [f"room{n}" for n in range(rooms) for _ in range(people)]
    address = f"ws://127.0.0.1:{port}/"
    return process, [Seat(address + (name if kind == "yws" else ""), name) for name in names]


def coprod(folder: Path, people: int, *, rooms: int) -> tuple[subprocess.Popen[str], list[Seat]]:
    process, origin, told = served(folder, "tests.load.world", rooms)
    address = f"{origin.replace('http', 'ws', 1)}/ws/documents/"
    seats = [
        Seat(address + epoch, epoch, told["cookies"][n % 2], origin)
        for epoch in told["epochs"]
        for n in range(people)
    ]
    return process, seats


def served(folder: Path, world: str, many: int) -> tuple[subprocess.Popen[str], str, dict[str, Any]]:
    """Our own server with a world that a module makes, its address, and what the module has to tell."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    env = environment(folder, origin)
    compile_ours()
    maker = [sys.executable, "-m", world, str(many)]
    made = subprocess.run(maker, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(made.stderr)
    told: dict[str, Any] = json.loads(made.stdout.splitlines()[-1])
    daphne = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), *QUIET]
    command = pinned(0, [*daphne, "coprod.asgi:application"])
    process = subprocess.Popen(command, cwd=ROOT, env=env, text=True)
    try:
        answers(f"{origin}/healthz")
    except TimeoutError:
        process.kill()
        process.wait()
        raise
    return process, origin, told


@cache
def compile_ours() -> None:
    """As `./dev run` does before it starts."""
    compiler = [sys.executable, "-m", "compileall", "-q", "coprod", "workspaces", "proposals"]
    subprocess.run(compiler, cwd=ROOT, check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environment(folder: Path, origin: str) -> dict[str, str]:
    """As in use: nothing of what only helps developers."""
    return {
        **os.environ,
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
        "ALLOWED_ORIGINS": origin,
        "HTTPS": "0",
        "DATABASE_URL": f"sqlite:///{folder}/coprod.sqlite3",
        "NOTICES_URL": "memory://",
        "LOG_LEVEL": "WARNING",
        "PYTHONWARNINGS": "ignore",
        "DJANGO_SETTINGS_MODULE": "coprod.settings",
    }


def answers(url: str, seconds: float = 60) -> None:
    """Wait until the server is there; raises TimeoutError when it does not come."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"The server at {url} did not answer within {seconds:.0f} seconds.")
