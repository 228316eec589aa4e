"""Who may read the figures: a token, this machine itself, and nobody else."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from proposals.editing.gauges import REGISTRY, SCRIBE_FAILURES

TOKEN = "a long token of the trust"


@pytest.fixture(autouse=True)
def _shut(settings: Settings) -> None:
    settings.METRICS_TOKEN, settings.METRICS_LOCAL, settings.TRUSTED_PROXY_COUNT = "", False, 0


def test_nobody_is_named() -> None:
    """[OP2] No such page, with or without a token, wherever somebody asks from."""
    assert Client().get("/metrics").status_code == 404
    for header in ("Bearer ", "Bearer", "Bearer x", "Basic eDp4"):
        assert Client().get("/metrics", headers={"Authorization": header}).status_code == 404


def test_the_token_opens(settings: Settings) -> None:
    """[OP2] From anywhere; anything but the very token opens nothing."""
    settings.METRICS_TOKEN = TOKEN
    client = Client(REMOTE_ADDR="192.0.2.7")
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert "no-store" in answer["Cache-Control"]
    for header in ("", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer"):
        assert client.get("/metrics", headers={"Authorization": header}).status_code == 404


def test_this_machine_itself(settings: Settings) -> None:
    """[OP2] Only where the settings say so, and not for whoever is behind a proxy on the same machine."""
    settings.METRICS_LOCAL = True
    assert Client().get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="::1").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics").status_code == 404
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"):
        assert Client().get("/metrics", headers={name: "127.0.0.1"}).status_code == 404
    settings.TRUSTED_PROXY_COUNT = 1
    assert Client().get("/metrics").status_code == 404


def test_it_is_only_read(settings: Settings) -> None:
    """[OP2] And the numbers are those of the registry."""
    settings.METRICS_LOCAL = True
    assert Client().post("/metrics").status_code == 405
    before = REGISTRY.get_sample_value("coprod_scribe_failures_total", {"job": "read"}) or 0
    SCRIBE_FAILURES.labels("read").inc()
    assert (
        f'coprod_scribe_failures_total{{job="read"}} {before + 1}'
        in Client().get("/metrics").content.decode()
    )
