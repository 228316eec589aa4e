"""A PostgreSQL and a Redis of a test's own, to be killed and started again; and a line that can go dead."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis

from tests.protocol.server import free_port

# Where Debian keeps what is not on the path.
PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def binary(name: str) -> str:
    """The program, or the test is left out."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, PLACES)]))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


class Carrier:
    """One process that others depend on. `answers` says whether it can be used."""

    def __init__(self, command: Sequence[str], account: str | None, folder: str) -> None:
        self._command = command
        self._account = account
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self, seconds: float = 30) -> None:
        """Again and again, until it answers: what a crash left behind may keep it from starting at first."""
        end = time.monotonic() + seconds
        while not self.answers():
            assert time.monotonic() < end, f"{self._command[0]} did not start"
            if self._process is None or self._process.poll() is not None:
                self._process = subprocess.Popen(
                    self._command,
                    cwd=self._folder,
                    user=self._account,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            time.sleep(0.05)

    def end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait(30)


class PrivatePostgres(Carrier):
    """As it comes: synced to disk, so that a crash tells the truth."""

    def __init__(self) -> None:
        server, make = binary("postgres"), binary("initdb")
        # PostgreSQL refuses to run as root, as tests in a container do.
        account = "postgres" if os.geteuid() == 0 else None
        if account is not None and account not in {each.pw_name for each in pwd.getpwall()}:
            pytest.skip("PostgreSQL does not run as root, and there is no account for it")
        folder = tempfile.mkdtemp(prefix="coprod-pg-")
        if account is not None:
            shutil.chown(folder, account)
        options = ("-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        subprocess.run([make, *options], cwd=folder, user=account, check=True, capture_output=True)
        self.port = free_port()
        where = ("-p", str(self.port), "-k", folder, "-c", "listen_addresses=127.0.0.1")
        super().__init__([server, "-D", folder, *where], account, folder)

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def ask(self, question: str, *facts: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as line:
            return line.execute(question, facts).fetchall()

    def close(self) -> None:
        self.end(signal.SIGINT)
        shutil.rmtree(self._folder, ignore_errors=True)


class PrivateRedis(Carrier):
    def __init__(self) -> None:
        self.port = free_port()
        folder = tempfile.gettempdir()
        command = (binary("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "")
        super().__init__(command, None, folder)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        try:
            with redis.Redis(port=self.port) as probe:
                return bool(probe.ping())
        except redis.ConnectionError:
            return False

    def close(self) -> None:
        self.end(signal.SIGKILL)


class Wire:
    """A TCP proxy in front of a server, whose connections can go dead: nothing arrives, nothing is closed."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.port = 0
        self._dead: set[asyncio.StreamWriter] = set()
        self._alive: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._alive | self._dead:
            writer.close()

    def go_dead(self) -> int:
        """The connections of this moment never bring anything again, in neither direction."""
        self._dead |= self._alive
        self._alive.clear()
        return len(self._dead)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.close()
            return
        for source, sink in ((reader, there_writer), (there_reader, writer)):
            self._alive.add(sink)
            task = asyncio.create_task(self._pump(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65_536):
                if sink not in self._dead:
                    sink.write(data)
                    await sink.drain()
        if sink not in self._dead:
            self._alive.discard(sink)
            sink.close()
