"""The description of the API, and the page that shows it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.people import Cast, as_


def test_it_works(cast: Cast) -> None:
    """[WF9] Both can be read."""
    client = as_(cast.dele)
    assert b"/api/proposals/{reference}/" in client.get("/api/schema/").content
    assert client.get("/api/docs/").status_code == 200


@pytest.mark.django_db
def test_eve_gets_404(client: Client) -> None:
    """[PF1] Nothing in the description belongs to anybody: it reads the same for everyone."""
    assert client.get("/api/schema/").status_code == 200


@pytest.mark.django_db
def test_it_is_clean() -> None:
    """[WF9] Valid, and without one warning."""
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    schema = out.getvalue()
    for path in ("/api/proposals/:", "/api/proposals/{reference}/:"):
        assert path in schema
    assert "application/problem+json" in schema


@pytest.mark.django_db
def test_the_page_keeps_to_the_policy(client: Client) -> None:
    """[WF9] Nothing inline, scripts from our host; only Trusted Types are waived, and only here."""
    page = client.get("/api/docs/")
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for" not in policy
    assert "require-trusted-types-for" in client.get("/accounts/login/")["Content-Security-Policy"]
    html = page.content.decode()
    assert "<style" not in html
    assert html.count("<script") == html.count("<script src=")
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
