"""Somebody of another organisation: there is nothing here, by page, by API and by socket."""

import pytest

from proposals.editing.services import open_epoch
from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from workspaces.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KNOCK = """(path) => new Promise((resolve) => {
  const socket = new WebSocket(path, ["coprod.v1"]);
  const heard = [];
  socket.onmessage = (message) => heard.push(message.data);
  socket.onclose = (close) => resolve({ code: close.code, heard: heard.length });
})"""


def test_eve_gets_404(sit: Seat, eve: Person, document: Document) -> None:
    """[PF1] The same as for one that does not exist."""
    epoch = open_epoch(document)
    desk = sit(eve)
    reference, stage = document.proposal.reference, document.stage
    for path in (
        f"/proposals/{reference}/",
        f"/proposals/{reference}/{stage}/",
        f"/proposals/{reference}/{stage}/text/",
        f"/proposals/{reference}/{stage}/text.md",
        f"/api/proposals/{reference}/",
        f"/api/documents/{document.pk}/",
        f"/api/documents/{document.pk}/text/",
    ):
        answer = desk.context.request.get(path)
        assert answer.status == 404, path
        assert document.proposal.title not in answer.text(), path
    desk.page.goto("/")
    assert desk.page.evaluate(KNOCK, f"/ws/documents/{epoch.pk}") == {"code": 4404, "heard": 0}
    assert "Page not found" in shown(desk.context.request.get(f"/proposals/{reference}/").text())


def shown(page: str) -> str:
    return " ".join(page.split())
