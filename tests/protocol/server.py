"""A real server in a child process, for tests that need one: start it, kill it, start it again."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
DAPHNE: tuple[str, ...] = (
    "-m",
    "daphne",
    "-b",
    "127.0.0.1",
    "--websocket_timeout",
    "-1",
    "--application-close-timeout",
    "5",
    "-v",
    "0",
)
# Without compression, as Daphne: the tests read what goes over the line, and it costs more than it saves.
UVICORN: tuple[str, ...] = (
    "-m",
    "uvicorn",
    "--host",
    "127.0.0.1",
    "--log-level",
    "warning",
    "--lifespan",
    "off",
    "--ws-per-message-deflate",
    "false",
)
RUNNERS = {"daphne": DAPHNE, "uvicorn": UVICORN}
# Every test that names no server of its own runs under this one.
USUAL = RUNNERS[os.environ.get("UNDER", "daphne")]
APPLICATION = "coprod.asgi:application"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def database_url() -> str:
    """The database that this test runs on, as a child process can open it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    who = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'])}@" if facts["USER"] else ""
    return f"postgres://{who}{quote(facts['HOST'] or '', safe='')}:{facts['PORT'] or 5432}/{facts['NAME']}"


def as_in_use(address: str) -> dict[str, str]:
    """Nothing of what only helps developers: Django keeps and writes out every query for them."""
    return {
        "DEBUG": "0",
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "ALLOWED_ORIGINS": address,
        "HTTPS": "0",
        "METRICS_LOCAL": "1",
        "SEND_MAIL": "0",
        "RUN_DUE": "0",
    }


class Server:
    """One server process on one database; `start` returns when it answers."""

    def __init__(self, url: str, runner: tuple[str, ...] = USUAL, /, **environment: str) -> None:
        self.port = free_port()
        self.runner = runner
        self._environment = {**os.environ, **as_in_use(self.address), "DATABASE_URL": url, **environment}
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """What the server has written so far."""
        return os.pread(self._log.fileno(), 1_000_000, 0).decode(errors="replace")

    def start(self, **environment: str) -> "Server":
        """With these variables on top, for this life only."""
        flag = "--port" if "uvicorn" in self.runner else "-p"
        command = [sys.executable, *self.runner, flag, str(self.port), APPLICATION]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env={**self._environment, **environment}, stdout=self._log, stderr=self._log
        )
        self._wait()
        return self

    def _wait(self, seconds: float = 60) -> None:
        assert self._process is not None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self._process.poll() is None, self.log
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"The server did not answer:\n{self.log}")

    def kill9(self) -> None:
        """As a power failure would: no farewell."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """Ask it to end; how many seconds that took."""
        started = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - started

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self._log.close()

    def lived(self, seconds: float = 20) -> int:
        """Wait until it has ended by itself: how."""
        process, self._process = self._process, None
        assert process is not None
        try:
            return process.wait(seconds)
        finally:
            process.kill()
            process.wait()

    def restart(self) -> "Server":
        self.stop()
        return self.start()

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            try:
                process.wait(20)
            finally:
                process.kill()
                process.wait()


@contextmanager
def running(url: str, **environment: str) -> Iterator[Server]:
    server = Server(url, **environment).start()
    try:
        yield server
    finally:
        server.close()


@contextmanager
def scratch_database() -> Iterator[str]:
    """A fresh, migrated database of the kind that the tests run on: its URL. Dropped at the end."""
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield migrated(f"sqlite:///{folder}/scratch.sqlite3")
        return
    facts = connection.settings_dict
    where = {
        "host": facts["HOST"],
        "port": facts["PORT"],
        "user": facts["USER"],
        "password": facts["PASSWORD"],
    }
    given = {key: value for key, value in where.items() if value}
    name = f"scratch_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield migrated(database_url().rsplit("/", 1)[0] + "/" + name)
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def migrated(url: str) -> str:
    manage(url, "migrate", "-v", "0")
    return url


def manage(url: str, *command: str) -> str:
    """Run a management command on that database, for example `seed_demo`."""
    environment = {**os.environ, "DATABASE_URL": url, "DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_there(url: str, function: str, **extra: str) -> str:
    """Call `package.module:function` in a child with Django on that database: for seeding."""
    done = child(url, function, **extra)
    assert done.returncode == 0, done.stderr
    return done.stdout


def child(url: str, function: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """The same, however it ends."""
    module, name = function.split(":")
    code = f"import django; django.setup(); import {module} as m; print(m.{name}() or '')"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "coprod.settings",
        **extra,
    }
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
