"""Refused words: our clients hear which, why, and in words; nothing of them is stored or seen."""

import pytest
from django.utils import timezone

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.models import Epoch
from tests.protocol.conftest import Place, ask
from workspaces.models import Membership, Pair

pytestmark = pytest.mark.live


async def test_a_reader_who_writes_is_told_and_stays(place: Place) -> None:
    """[ED46] New text from a reader: REJECT with the reason; the socket stays open."""
    async with place.peer(place.cast.dele) as dele, place.peer(place.cast.amara) as amara:
        rows = len(await place.rows())
        dele.type("I was here.")
        await dele.until(lambda: bool(dele.rejects))
        _, code, sentence = dele.rejects[0]
        assert code == "read-only"
        assert "Only the pair" in sentence
        amara.type("So was I.")
        await dele.until(lambda: "So was I." in dele.said)
        assert "I was here." not in amara.said
        assert len(await place.rows()) == rows + 1


async def test_noise_of_a_reader_is_no_news(place: Place) -> None:
    """[ED47] What a viewer's editor emits by itself is counted, and neither kept nor sent on."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.dele) as dele:
        amara.type("Some words here.")
        await dele.until(lambda: "Some words here." in dele.said)
        rows = len(await place.rows())
        await dele.say(protocol.sync_step2(dele.doc.get_update()))
        del dele.text[1:3]  # as a format clean-up does: only deletions
        await dele.saved()
        assert dele.rejects == []
        assert len(await place.rows()) == rows
        assert "Some words here." in amara.said


async def test_a_stock_reader_who_writes_is_not_heard(place: Place) -> None:
    """[ED47] A stock client has no word for it: it stays, and nothing comes of what it sends."""
    async with place.peer(place.cast.dele, ours=False) as dele, place.peer(place.cast.amara) as amara:
        dele.type("Unheard.")
        amara.type("Heard.")
        await dele.until(lambda: "Heard." in dele.said)
        assert not dele.is_closed
        assert "Unheard." not in amara.said


async def test_losing_the_right_to_write_stops_the_next_word(place: Place) -> None:
    """[ED34] The log asks in the transaction that would store the words; then REJECT and 4403."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben) as ben:
        ben.type("Allowed.")
        await ben.saved()
        rows = len(await place.rows())
        await ask(lambda: Membership.objects.filter(person=place.cast.ben).update(ended_at=timezone.now()))
        ben.type("Too late.")
        await ben.until(lambda: ben.is_closed)
        assert ben.code == CloseCode.NO_ACCESS
        assert [code for _, code, _ in ben.rejects] == ["no-access"]
        amara.type("Life goes on.")
        await amara.saved()
        assert len(await place.rows()) == rows + 1
        assert "Too late." not in amara.said


async def test_when_the_pair_ends_nobody_writes(place: Place) -> None:
    """[ED34] Everybody's words of one batch are refused, and said to be."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben, ours=False) as ben:
        rows = len(await place.rows())
        await ask(lambda: Pair.objects.update(ended_at=timezone.now()))
        amara.type("Nobody")
        ben.type("hears this.")
        await amara.until(lambda: amara.is_closed)
        await ben.until(lambda: ben.is_closed)
        assert {amara.code, ben.code} == {CloseCode.NO_ACCESS}
        assert len(await place.rows()) == rows


async def test_frozen_is_frozen(place: Place) -> None:
    """[ED48] Once the epoch is closed no update enters, and whoever wrote hears it: REJECT, then 4423."""
    async with place.peer(place.cast.amara) as amara, place.peer(place.cast.ben, ours=False) as ben:
        rows = len(await place.rows())
        await ask(lambda: Epoch.objects.filter(pk=place.epoch.pk).update(closed_at=timezone.now()))
        amara.type("After the bell.")
        await amara.until(lambda: amara.is_closed)
        await ben.until(lambda: ben.is_closed)
        assert {amara.code, ben.code} == {CloseCode.FROZEN}
        assert [code for _, code, _ in amara.rejects] == ["frozen"]
        assert len(await place.rows()) == rows


async def test_a_quiet_room_hears_of_the_freeze(place: Place) -> None:
    """[ED48] Without a word from anybody, at the next look at the log."""
    async with place.peer(place.cast.amara) as amara:
        await ask(lambda: Epoch.objects.filter(pk=place.epoch.pk).update(closed_at=timezone.now()))
        await amara.until(lambda: amara.is_closed, seconds=6)
        assert amara.code == CloseCode.FROZEN
