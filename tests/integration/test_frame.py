"""The frame of every page: landmarks, policy, messages, refusals in plain words, and health."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import include, path

from coprod import health
from tests.people import Cast, as_, join
from workspaces.domain.pairing import Side
from workspaces.models import Person


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only the pair write here.")


def silent(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret cause")


def odd(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("odd")


def told(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Invitation sent to <mags>.")
    messages.warning(request, "It runs out on Friday.")
    return render(request, "site/accessibility.html")


urlpatterns = [
    path("trial/forbidden/", forbidden),
    path("trial/silent/", silent),
    path("trial/broken/", broken),
    path("trial/odd/", odd),
    path("trial/told/", told),
    path("", include("coprod.urls")),
]
REFUSALS = {
    "/nowhere/": (404, "Page not found"),
    "/trial/forbidden/": (403, "Only the pair write here."),
    "/trial/silent/": (403, "does not allow it"),
    "/trial/broken/": (500, "there is a problem with the service"),
    "/trial/odd/": (400, "We did not understand that"),
}


@pytest.fixture
def client(amara: Person) -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        client = as_(amara)
        client.raise_request_exception = False
        yield client


def test_it_works(client: Client) -> None:
    """[FE50] One frame: language, skip link, landmarks, and nothing of the NHS's own identity."""
    html = client.get("/accessibility/").content.decode()
    assert '<html lang="en-GB"' in html
    assert re.search(r'<body[^>]*>\s*<script src="[^"]+"></script>\s*<a class="nhsuk-skip-link"', html)
    assert [len(re.findall(f"<{mark}[ >]", html)) for mark in ("header", "main", "footer", "h1")] == [
        1,
        1,
        1,
        1,
    ]
    assert "nhsuk-header__logo" not in html
    assert not re.search(r">\s*NHS\b", html)


def test_eve_gets_404(client: Client, eve: Person) -> None:
    """[FE57] Where somebody else finds a page, a stranger reads the same words as at a wrong address."""
    client.force_login(eve)
    missing = client.get("/workspaces/marlbeck-urgent-care/")
    assert missing.status_code == 404
    assert "Page not found" in missing.content.decode()


@pytest.mark.parametrize("address", REFUSALS)
def test_refusals_are_plain_words(client: Client, address: str) -> None:
    """[FE57] What happened and where to go; no code, no cause, the reason where there is one."""
    status, words = REFUSALS[address]
    answer = client.get(address)
    html = answer.content.decode()
    main = html[html.index("<main") :]
    assert answer.status_code == status
    assert words in main
    assert 'href="/"' in main
    assert str(status) not in re.sub(r"<[^>]+>", "", main)
    assert "secret cause" not in html


def test_a_stale_form_is_explained(amara: Person) -> None:
    """[FE57] Django's own page for a failed check has inline styles and speaks of cookies and tokens."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(amara)
    answer = client.post("/accounts/logout/")
    assert answer.status_code == 403
    assert "We could not accept this form" in answer.content.decode()


@pytest.mark.parametrize("address", ["/accessibility/", "/accounts/login/", "/healthz", "/readyz", *REFUSALS])
def test_the_policy_is_on_every_answer(client: Client, address: str) -> None:
    """[FE58] Scripts and styles come from our own address only, and none stands in the page."""
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    html = answer.content.decode()
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|<[a-z][^>]*\s(?:style|on[a-z]+)=|<script(?![^>]*\ssrc=)", html)


def test_messages_are_said_once(client: Client) -> None:
    """[FE55] As a status inside the main part, escaped, and gone from the next page."""
    html = client.get("/trial/told/").content.decode()
    main = html[html.index("<main") :]
    assert main.count('role="status"') == 2
    assert "Invitation sent to &lt;mags&gt;." in main
    assert "nhsuk-notification-banner--success" in main
    assert "It runs out on Friday." in main
    assert "Friday" not in client.get("/accessibility/").content.decode()


def test_navigation_is_for_members(client: Client) -> None:
    """[FE56] Board, people, new proposal, the name, and a form to sign out; strangers see none of it."""
    html = client.get("/accessibility/").content.decode()
    for words in ("Board", "People", "New proposal", "Amara Okafor"):
        assert words in html
    assert re.search(r'<form[^>]*action="/accounts/logout/"[^>]*method="post"', html)
    stranger = Client().get("/accessibility/").content.decode()
    assert "nhsuk-header__navigation" not in stranger
    assert "Sign out" not in stranger


def test_navigation_marks_the_present_page(client: Client) -> None:
    """[FE56] In words for a screen reader, not by a line alone."""
    html = client.get("/workspaces/marlbeck-urgent-care/").content.decode()
    assert re.findall(r'aria-current="page">\s*<strong[^>]*>([^<]+)<', html) == ["People"]


def test_several_workspaces_are_told_apart(client: Client, cast: Cast) -> None:
    """[FE56] Somebody in two workspaces sees which people are meant."""
    join(cast.amara, cast.elsewhere, Side.OTHER)
    html = client.get("/accessibility/").content.decode()
    assert "People: Marlbeck Urgent Care" in html
    assert "People: Thornby Surgery" in html


def test_titles_say_when_there_are_problems(db: None) -> None:
    """[FE54] The title is the first thing a screen reader says after a form was sent."""
    html = Client().post("/accounts/login/", {"login": "", "password": ""}).content.decode()
    assert re.search(r"<title>\s*Error: ", html)


def test_the_accessibility_statement_is_open(db: None) -> None:
    """[FE59] Before anybody signs in, and linked from every page."""
    answer = Client().get("/accessibility/")
    assert answer.status_code == 200
    assert "Accessibility statement" in answer.content.decode()
    assert 'href="/accessibility/"' in Client().get("/accounts/login/").content.decode()


def test_health(db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """[FE67] With a broken database the process lives but is not ready, and the cause stays inside."""
    assert Client().get("/healthz").content == b"ok\n"
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": "ok", "migrations": "ok"})

    def down() -> bool:
        raise DatabaseError("password of the database")

    monkeypatch.setitem(health.CHECKS, "database", down)
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.json()["database"]) == (503, "failed")
    assert "password" not in ready.content.decode()
    assert "readiness" in caplog.text
    assert Client().get("/healthz").status_code == 200
