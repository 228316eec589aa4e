"""What a server does not load before somebody needs it, seen in a fresh process."""

import json
import os
import subprocess
import sys
from functools import cache

import pytest

from tests.architecture.sources import ROOT

# Each weighs a megabyte or several, in every process.
UNLOADED = {
    "OpenSSL": "TLS is spoken by the proxy",
    "bleach": "no text has been shown yet",
    "django.contrib.postgres": "no field is of a kind that only PostgreSQL has",
    "django.test": "this is no test",
    "drf_spectacular.openapi": "nobody has asked for the schema yet",
    "holidays": "only the tests compare with it",
    "markdown": "no text has been shown yet",
    "nh3": "no text has been shown yet",
    "psycopg": "the database is SQLite",
    "pygments": "REST framework shows no pages of its own here",
    "redis": "hints stay in the process",
    "yaml": "nobody has asked for the schema yet",
}
STARTED = """
import json, sys
import daphne.cli
import coprod.asgi
import coprod.urls
"""
TOLD = "print(json.dumps(sorted(sys.modules)))"
ASKED = """
import django.contrib.postgres.fields, markdown, yaml
from django.test import Client
from proposals.editing.rendering import html
answer = Client().get("/api/schema/", HTTP_HOST="127.0.0.1")
paths = yaml.safe_load(answer.content)["paths"]
print(json.dumps([answer.status_code, len(paths) > 20, html("*so*")]))
"""


def python(script: str) -> list[object]:
    env = {
        **os.environ,
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{ROOT / '.state/loaded.sqlite3'}",
        "NOTICES_URL": "memory://",
        "DJANGO_SETTINGS_MODULE": "coprod.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told: list[object] = json.loads(done.stdout.splitlines()[-1])
    return told


@cache
def loaded() -> frozenset[object]:
    return frozenset(python(STARTED + TOLD))


@pytest.mark.parametrize("name", UNLOADED)
def test_it_is_not_loaded(name: str) -> None:
    """[OP4] Neither by the server, nor by the addresses, nor by the libraries that like to have it."""
    assert "rest_framework.compat" in loaded()
    assert name not in loaded(), UNLOADED[name]


def test_it_is_there_when_it_is_needed() -> None:
    """[OP4] Hidden from one library only, and only while that is loaded."""
    assert python(STARTED + ASKED) == [200, True, "<p><em>so</em></p>"]
