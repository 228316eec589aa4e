"""The sender of a server process, and alone: what is committed leaves."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from proposals.news.postman import Postman
from tests.protocol.server import DAPHNE, Server, database_url
from workspaces import post
from workspaces.models import Mail

pytestmark = pytest.mark.django_db(transaction=True)


def soon(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 25
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.live
def test_a_server_process_sends(tmp_path: Path) -> None:
    """[NW11] What waits when it starts, beside everything else it does; and it ends in time."""
    post.write(to="noor@marlbeck.example", subject="Hello", text="Hello Noor")
    server = Server(database_url(), DAPHNE, SEND_MAIL="1", EMAIL_URL=f"filemail://{tmp_path}")
    # django-environ takes the path behind the first slash of the address.
    server._environment["EMAIL_URL"] = f"filemail:///{tmp_path}"
    server.start()
    assert soon(lambda: Mail.objects.get().state == "sent")
    assert server.stop() < 10
    server.close()
    (letter,) = tmp_path.iterdir()
    assert "Hello Noor" in letter.read_text()


class Telling(EmailBackend):
    """Says when a mail has come."""

    came = Event()

    def send_messages(self, messages):  # type: ignore[no-untyped-def]
        sent = super().send_messages(messages)
        self.came.set()
        return sent


def test_a_hint_wakes_the_postman(settings, mailoutbox) -> None:  # type: ignore[no-untyped-def]
    """[NW11]"""
    settings.EMAIL_BACKEND = f"{__name__}.Telling"
    postman = Postman()
    postman.start()
    try:
        post.write(to="noor@marlbeck.example", subject="One", text="Hello")
        assert Telling.came.wait(20)
        Telling.came.clear()
        started = time.monotonic()
        post.write(to="noor@marlbeck.example", subject="Two", text="Hello")
        assert Telling.came.wait(20)
        assert time.monotonic() - started < 1 + 9 * (settings.NOTICES_URL != "memory://")
    finally:
        postman.stop(10)
    assert [letter.subject for letter in mailoutbox] == ["One", "Two"]


def test_alone_and_once(mailoutbox) -> None:  # type: ignore[no-untyped-def]
    """[NW11]"""
    post.write(to="noor@marlbeck.example", subject="Hello", text="Hello")
    call_command("send_mail")
    call_command("send_mail")
    assert len(mailoutbox) == 1
