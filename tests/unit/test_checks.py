"""The checks that stop a wrong setting before anybody writes."""

import pytest
from django.core.checks import run_checks
from django.db import connection
from pytest_django.fixtures import Settings

from coprod import checks


def test_nothing_is_wrong_here(settings: Settings) -> None:
    settings.DEBUG = True
    assert [m for m in run_checks() if m.id and m.id.startswith("coprod.E")] == []


def test_an_empty_list_of_origins_is_refused_in_use(settings: Settings) -> None:
    settings.DEBUG, settings.ALLOWED_ORIGINS = False, []
    assert [m.id for m in checks.origins_are_named(None)] == ["coprod.E001"]
    settings.ALLOWED_ORIGINS = ["https://coprod.trust.example"]
    assert checks.origins_are_named(None) == []


def test_an_unknown_transport_is_refused(settings: Settings) -> None:
    settings.NOTICES_URL = "pigeon://loft"
    assert [m.id for m in checks.notices_can_travel(None)] == ["coprod.E002"]


def test_mail_that_only_the_console_gets_is_warned_of(settings: Settings) -> None:
    settings.DEBUG, settings.EMAIL_BACKEND = False, "django.core.mail.backends.console.EmailBackend"
    assert [m.id for m in checks.mail_leaves_the_house(None)] == ["coprod.W005"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert checks.mail_leaves_the_house(None) == []


@pytest.mark.django_db
def test_sqlite_is_in_wal_and_full() -> None:
    """[OP1]"""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has these switches")
    assert checks.sqlite_keeps_its_word(None, databases=["default"]) == []
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_one_sqlite_file_for_several_processes_is_warned_about(settings: Settings) -> None:
    settings.NOTICES_URL = "redis://127.0.0.1:6379/0"
    expected = ["coprod.W003"] if connection.vendor == "sqlite" else []
    assert [m.id for m in checks.server_sqlite_is_alone(None)] == expected
