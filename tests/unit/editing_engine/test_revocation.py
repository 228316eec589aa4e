"""Access that ends while a socket is open: the socket closes at once, and nothing more enters the log."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.hub import Seat
from proposals.editing.hub.audience import Audience
from proposals.editing.hub.housekeeping import Housekeeping
from proposals.editing.models import Epoch, Update
from tests.people import PASSWORD, as_
from tests.unit.editing_engine.seats import FakeSocket, Typist
from tests.unit.editing_engine.test_hub import Scene, ask, until
from workspaces import services
from workspaces.models import Membership, Person

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "three-random-words-more"
SECONDS = 0.8


def browser(scene: Scene, person: Person) -> Client:
    """The one in which this person's document is open."""
    client = Client()
    client.cookies["sessionid"] = scene.keys[person.pk]
    return client


def administration() -> Client:
    return as_(Person.objects.create_superuser("root@marlbeck.example", PASSWORD, name="Rosa Root"))


def sign_out(scene: Scene) -> None:
    assert browser(scene, scene.cast.ben).post("/accounts/logout/").status_code == 302


def sign_out_of_the_administration(scene: Scene) -> None:
    Person.objects.filter(pk=scene.cast.ben.pk).update(is_staff=True, is_superuser=True)
    assert browser(scene, scene.cast.ben).post("/admin/logout/").status_code == 302


def be_suspended(scene: Scene) -> None:
    facts = {"email": scene.cast.ben.email, "name": scene.cast.ben.name}
    answer = administration().post(f"/admin/workspaces/person/{scene.cast.ben.pk}/change/", facts)
    assert answer.status_code == 302
    assert not Person.objects.get(pk=scene.cast.ben.pk).is_active


def change_password(scene: Scene) -> None:
    facts = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = as_(scene.cast.ben).post("/accounts/password/change/", facts)
    assert answer.status_code == 302


def be_given_a_password(scene: Scene) -> None:
    facts = {"usable_password": "true", "password1": NEW, "password2": NEW}
    answer = administration().post(f"/admin/workspaces/person/{scene.cast.ben.pk}/password/", facts)
    assert answer.status_code == 302


def be_seen_off(scene: Scene) -> None:
    membership = Membership.objects.get(person=scene.cast.ben)
    services.end_membership(membership, by=scene.cast.amara)


def be_put_on_another_side(scene: Scene) -> None:
    row = Membership.objects.get(person=scene.cast.ben)
    facts = {"workspace": row.workspace_id, "person": row.person_id, "side": "other", "title": "Finance"}
    answer = administration().post(f"/admin/workspaces/membership/{row.pk}/change/", facts)
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (sign_out, CloseCode.SIGN_IN),
        (sign_out_of_the_administration, CloseCode.SIGN_IN),
        (be_suspended, CloseCode.SIGN_IN),
        (change_password, CloseCode.SIGN_IN),
        (be_given_a_password, CloseCode.SIGN_IN),
        (be_seen_off, CloseCode.NO_ACCESS),
        (be_put_on_another_side, CloseCode.BUSY),
    ],
)
async def test_an_open_socket_closes_at_once(
    *, scene: Scene, what: Callable[[Scene], None], code: CloseCode
) -> None:
    """[ED90] [ED91] Within a second of the deed, and Ben, who types all the while, adds no row after it."""
    await ask(lambda: Membership.objects.filter(person=scene.cast.amara).update(is_admin=True))
    seat, socket = await scene.join(scene.cast.ben)
    _, other = await scene.join(scene.cast.amara)
    async with typing(scene, seat):
        await until(lambda: seat.peer.received - seat.peer.waiting >= 3 and len(socket.frames) > 6)
        await ask(lambda: what(scene))
        head = await ask(lambda: Epoch.objects.get(pk=scene.epoch.pk).head)
        started = time.monotonic()
        await until(lambda: socket.code is not None)
        assert time.monotonic() - started < SECONDS
        assert socket.code == code
        await asyncio.sleep(0.1)
    assert other.code is None
    rows = await ask(lambda: Update.objects.filter(epoch=scene.epoch, by=scene.cast.ben).count())
    # Another side is still Ben, who may write until his socket closes; the others are gone with the deed.
    assert 0 < rows <= head or what is be_put_on_another_side


@asynccontextmanager
async def typing(scene: Scene, seat: Seat) -> AsyncIterator[None]:
    task = asyncio.create_task(keep_typing(scene, Typist(11), seat))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def keep_typing(scene: Scene, typist: Typist, seat: Seat) -> None:
    while True:
        scene.hub.receive(seat, protocol.sync_update(typist.type("a").update))
        await asyncio.sleep(0.02)


async def test_another_browser_of_the_same_person_goes_on(scene: Scene) -> None:
    """[ED90] Signing out ends what was opened with that session, nothing else."""
    here = await scene.join(scene.cast.ben)
    key = await ask(lambda: as_(scene.cast.ben).cookies["sessionid"].value)
    scene.keys[scene.cast.ben.pk], old = key, scene.keys[scene.cast.ben.pk]
    there, there_socket = await scene.join(scene.cast.ben)
    scene.keys[scene.cast.ben.pk] = old
    await ask(lambda: sign_out(scene))
    await until(lambda: here[1].code == CloseCode.SIGN_IN)
    scene.hub.receive(there, protocol.sync_update(Typist(12).type("On I go.").update))
    await until(lambda: protocol.receipt(1, 1) in there_socket.frames)


async def test_a_session_that_runs_out_closes_the_socket(scene: Scene) -> None:
    """[ED90] By the clock, without anybody's doing."""
    await ask(lambda: expire(scene.keys[scene.cast.ben.pk], 0.4))
    _, socket = await scene.join(scene.cast.ben)
    started = time.monotonic()
    await until(lambda: socket.code is not None)
    assert socket.code == CloseCode.SIGN_IN
    assert time.monotonic() - started < 0.4 + SECONDS


async def test_a_session_that_was_prolonged_goes_on(scene: Scene) -> None:
    """[ED90]"""
    await ask(lambda: expire(scene.keys[scene.cast.ben.pk], 0.4))
    seat, socket = await scene.join(scene.cast.ben)
    await ask(lambda: expire(scene.keys[scene.cast.ben.pk], 1.2))
    await asyncio.sleep(0.8)
    assert socket.code is None
    assert seat.visit.until > timezone.now()
    await until(lambda: socket.code == CloseCode.SIGN_IN)


async def test_a_page_that_only_listens_closes_too(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED90]"""
    monkeypatch.setattr("proposals.editing.hub.audience.hub", lambda: scene.hub)
    ended, socket = FakeSocket(), FakeSocket()
    await ask(lambda: expire(scene.keys[scene.cast.dele.pk], 0.3))
    await Audience(scene.keys[scene.cast.dele.pk], ended).open()
    await Audience(scene.keys[scene.cast.ben.pk], socket).open()
    await ask(lambda: sign_out(scene))
    started = time.monotonic()
    await until(lambda: socket.code == ended.code == CloseCode.SIGN_IN)
    assert time.monotonic() - started < 1.2


async def test_words_of_a_session_that_has_ended_are_refused(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED91] Also where no hint arrives: the log looks for itself, and Ben hears what was not saved."""
    monkeypatch.setattr(Housekeeping, "_recheck_one", lambda *_: None)
    seat, socket = await scene.join(scene.cast.ben)
    friend, friends_socket = await scene.join(scene.cast.amara)
    await ask(lambda: Session.objects.filter(pk=scene.keys[scene.cast.ben.pk]).delete())
    scene.hub.receive(seat, protocol.sync_update(Typist(11).type("Too late.").update))
    scene.hub.receive(friend, protocol.sync_update(Typist(12).type("In time.").update))
    await until(lambda: socket.code == CloseCode.SIGN_IN)
    assert any(frame[:1] == b"\x67" and b"signed-out" in frame for frame in socket.frames)
    await until(lambda: protocol.receipt(1, 1) in friends_socket.frames)
    rows = await ask(lambda: list(Update.objects.values_list("by", flat=True)))
    assert rows == [scene.cast.amara.pk]


def expire(key: str, seconds: float) -> None:
    until = timezone.now() + timedelta(seconds=seconds)
    Session.objects.filter(pk=key).update(expire_date=until)
