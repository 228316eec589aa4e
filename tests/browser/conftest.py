"""Chromium and a real server for the browser tests, and the people at their desks."""

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from proposals.portfolio.models import Document, Supporter
from tests.browser.desks import Desk
from tests.people import Cast
from tests.proposals import make_supporter
from tests.protocol.server import ROOT, Server, database_url
from workspaces.models import Person

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Seat = Callable[..., Desk]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Gone after this folder: the loop it runs on would be in the way of other asynchronous tests."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed. On Debian: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop running in this thread; the tests' own queries are not asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def shared_server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Server]:
    if not Path(ROOT, "frontend/dist/manifest.json").exists():
        pytest.fail("The front end is not built. Run: ./dev setup")
    with django_db_blocker.unblock():
        server = Server(database_url(), LOG_LEVEL="WARNING").start()
    yield server
    server.close()


@pytest.fixture
def server(shared_server: Server) -> Iterator[Server]:
    """The server; a test that kills it need not bring it back."""
    yield shared_server
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", shared_server.port)):
            shared_server.start()


@pytest.fixture
def sit(chromium: Browser, server: Server, transactional_db: None) -> Iterator[Seat]:
    """Seats people, each in a browser of their own; in the end nobody's browser has complained."""
    desks: list[Desk] = []

    def seat(person: Person | None = None, **options: object) -> Desk:
        desks.append(Desk(chromium, server, person, **options))
        return desks[-1]

    yield seat
    complaints = [complaint for desk in desks for complaint in desk.complaints]
    for desk in desks:
        desk.leave()
    assert complaints == []


@pytest.fixture
def two(sit: Seat, cast: Cast, document: Document) -> tuple[Desk, Desk]:
    """Amara and Ben, each at a desk with their concept in front of them."""
    return sit(cast.amara).open(document), sit(cast.ben).open(document)


@pytest.fixture
def reader(sit: Seat, dele: Person, document: Document) -> Desk:
    """Dele, whom the pair has invited to read along."""
    make_supporter(document.proposal, dele, Supporter.READER)
    return sit(dele).open(document)
