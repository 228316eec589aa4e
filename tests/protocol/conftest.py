"""A running server, and a document that Amara and Ben write, Dele reads and nobody else sees."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TypeVar

import pytest
from django.db import connection

from proposals.editing import log
from proposals.editing.models import Epoch
from proposals.editing.services import open_epoch
from proposals.portfolio.models import Proposal, Supporter
from tests.people import Cast, as_, people
from tests.proposals import make_proposal, make_supporter
from tests.protocol.clients import Door, LivePeer
from tests.protocol.server import Server, database_url
from workspaces.models import Person

T = TypeVar("T")


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[Server]:
    """One server for all protocol tests that do not kill it; it stays while tests empty the database."""
    running = Server(database_url()).start()
    yield running
    running.close()


@pytest.fixture(scope="session")
def second(django_db_setup: None) -> Iterator[Server]:
    """Another process on the same database."""
    running = Server(database_url()).start()
    yield running
    running.close()


@dataclass
class Place:
    """A document on a server, and the people who stand at its door: Dele reads along, Chandra may not."""

    server: Server
    epoch: Epoch
    cast: Cast
    cookies: dict[int, str]
    clients: Iterator[int] = field(default_factory=lambda: count(1_000_001))

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.server.port}/ws/documents/{self.epoch.pk}"

    def door(self, person: Person | None, *, ours: bool = True) -> Door:
        cookie = self.cookies[person.pk] if person else ""
        return Door(self.url, cookie, self.server.address, ours)

    def peer(self, person: Person, *, ours: bool = True, client: int | None = None) -> LivePeer:
        return LivePeer(self.door(person, ours=ours), client=client or next(self.clients))

    def on(self, server: Server) -> "Place":
        return replace(self, server=server)

    async def rows(self) -> list[tuple[int, bytes]]:
        return await ask(lambda: log.since(self.epoch.pk, 0))


async def ask(question: Callable[[], T]) -> T:
    """Ask the database from an async test, and leave no connection behind."""

    def answer() -> T:
        try:
            return question()
        finally:
            connection.close()

    return await asyncio.to_thread(answer)


def cookie_of(person: Person) -> str:
    return as_(person).cookies["sessionid"].value


@pytest.fixture
def world(transactional_db: None) -> tuple[Cast, Epoch]:
    cast = people()
    proposal: Proposal = make_proposal(cast.pair)
    make_supporter(proposal, cast.dele, Supporter.READER)
    return cast, open_epoch(proposal.documents.get())


@pytest.fixture
def place(server: Server, world: tuple[Cast, Epoch]) -> Place:
    cast, epoch = world
    everybody = (cast.amara, cast.ben, cast.mags, cast.chandra, cast.dele, cast.eve)
    return Place(server, epoch, cast, {person.pk: cookie_of(person) for person in everybody})


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where a test with a server fails, its report carries what the server wrote."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    running = getattr(item, "funcargs", {}).get("server")
    if report.failed and running is not None:
        report.sections.append(("server", running.log[-4000:]))
