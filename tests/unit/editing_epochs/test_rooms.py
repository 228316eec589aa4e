"""What people in an open room see of a freeze."""

import asyncio
import json

import pytest

from proposals.editing import log, services
from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.domain.wire import Reader
from proposals.editing.hub import housekeeping
from proposals.editing.models import Epoch, FrozenVersion
from proposals.editing.services import freezing
from tests.unit.editing_engine.seats import FakeSocket, Typist
from tests.unit.editing_engine.test_hub import Scene, ask, until
from workspaces import notices

pytestmark = pytest.mark.django_db(transaction=True)


def mode(socket: FakeSocket) -> str:
    """The last one it was told."""
    states = [frame for frame in socket.frames if frame[0] == protocol.STATE]
    return str(json.loads(Reader(states[-1][1:]).string())["mode"])


async def test_last_words_are_in_the_version(scene: Scene) -> None:
    """[ED122] People are asked to finish; what comes within the time is frozen with the rest; then 4423."""
    seat, socket = await scene.join(scene.cast.amara)
    _, reads = await scene.join(scene.cast.dele)
    typist = Typist(11)
    scene.hub.receive(seat, protocol.sync_update(typist.type("\nFirst. ").update))
    document = scene.epoch.document
    work = asyncio.create_task(ask(lambda: services.freeze(document, by=scene.cast.amara)))
    await until(lambda: mode(socket) == "freezing")
    assert mode(reads) == "read"
    scene.hub.receive(seat, protocol.sync_update(typist.type("Last.").update))
    version: FrozenVersion = await work
    await until(lambda: socket.code is not None and reads.code is not None)
    assert {socket.code, reads.code} == {CloseCode.FROZEN}
    assert protocol.receipt(2, 2) in socket.frames
    assert "First. Last." in version.markdown
    assert version.seq == 2


async def test_nobody_is_waited_for_too_long(scene: Scene) -> None:
    """[ED122] Somebody who types on and on does not hold it up, and the version is exact all the same."""
    seat, socket = await scene.join(scene.cast.amara)
    typist, words = Typist(11), 0
    scene.hub.receive(seat, protocol.sync_update(typist.type("\n").update))
    document = scene.epoch.document
    work = asyncio.create_task(ask(lambda: services.freeze(document, by=None, patience=0.6)))
    while not work.done():
        words += 1
        scene.hub.receive(seat, protocol.sync_update(typist.type(f"w{words} ").update))
        await asyncio.sleep(0.005)
    await until(lambda: socket.code is not None)
    head = await ask(lambda: Epoch.objects.get().head)
    assert head == work.result().seq
    assert (await ask(lambda: log.merged(scene.epoch.pk)))[1] == head
    assert len(work.result().markdown.split("\n\n", 2)[2].split()) == head - 1


async def test_a_freeze_that_comes_to_nothing_lets_people_write_on(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED122] The text cannot be read: the pages are told that they may go on, and do."""
    seat, socket = await scene.join(scene.cast.amara)

    def fails(*_: object) -> None:
        raise services.Unfreezable("no")

    monkeypatch.setattr(freezing, "_content", fails)
    document = scene.epoch.document
    with pytest.raises(services.Unfreezable):
        await ask(lambda: services.freeze(document, by=scene.cast.amara, patience=0.1))
    await until(lambda: mode(socket) == "edit")
    scene.hub.receive(seat, protocol.sync_update(Typist(11).type("On.").update))
    await until(lambda: protocol.receipt(1, 1) in socket.frames)


async def test_a_freezer_that_died_is_not_waited_for(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED122] No word of its end ever comes: after a while people write on."""
    monkeypatch.setattr(housekeeping, "FREEZE_SECONDS", 0.05)
    _, socket = await scene.join(scene.cast.amara)
    await ask(lambda: notices.publish(f"epoch.{scene.epoch.pk}", "freezing"))
    await until(lambda: any(b'"freezing"' in frame for frame in socket.frames))
    await until(lambda: mode(socket) == "edit")


async def test_old_epochs_turn_people_away(scene: Scene) -> None:
    """[ED126] 4423 while nothing newer is there, then 4409; the new one lets them in with what is theirs."""
    seat, socket = await scene.join(scene.cast.amara)
    typist = Typist(11)
    scene.hub.receive(seat, protocol.sync_update(typist.type("\nMine.").update))
    await until(lambda: protocol.receipt(1, 1) in socket.frames)
    document, key = scene.epoch.document, scene.keys[scene.cast.amara.pk]
    await ask(lambda: services.freeze(document, by=None, patience=0))
    assert await scene.hub.visit(key, scene.epoch.pk) is CloseCode.FROZEN
    newer = await ask(lambda: services.thaw(document, by=scene.cast.ben))
    assert await scene.hub.visit(key, scene.epoch.pk) is CloseCode.OTHER_EPOCH
    scene.epoch = newer
    ben, hears = await scene.join(scene.cast.ben)
    scene.hub.receive(ben, protocol.sync_update(typist.type(" Not his.").update))
    await until(lambda: any(frame[0] == protocol.REJECT for frame in hears.frames))
    again, hears = await scene.join(scene.cast.amara)
    scene.hub.receive(again, protocol.sync_update(typist.made[-1]))
    await until(lambda: protocol.receipt(1, 2) in hears.frames)
