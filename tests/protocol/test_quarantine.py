"""Rows that kill the library, put into the log past the gate: set aside, told of, put back or left behind."""

import asyncio
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pycrdt import Doc, Text, merge_updates
from pytest_django.fixtures import Settings

from proposals.editing import log, quarantine, scribe, selectors, services
from proposals.editing.domain.content import Content
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.domain.seals import microseconds, seal
from proposals.editing.models import Epoch, Quarantine, Update
from proposals.portfolio.models import Document
from tests.people import Cast, as_, people
from tests.proposals import make_proposal
from tests.protocol.conftest import Place, ask
from workspaces.domain.refusals import RefusedError
from workspaces.models import AuditEntry

CASES = {
    case["id"]: case["hex"]
    for case in json.loads((Path(__file__).parents[1] / "data/hostile_updates.json").read_text())["cases"]
}


def aimed(case: str, root: str) -> bytes:
    """A published attack on a root called x, as one row aimed at one of ours."""
    name = f"01{len(root):02x}{root.encode().hex()}"
    parts = CASES[case] if isinstance(CASES[case], list) else [CASES[case]]
    return merge_updates(*[bytes.fromhex(part.replace("010178", name)) for part in parts])


def nested() -> bytes:
    return bytes.fromhex("010101000801017401" + "7501" * 26_300 + "7f00")


KILLERS: dict[str, Callable[[], bytes]] = {
    "it ended": nested,
    "it took too long": lambda: aimed("hang-3-updates", "r:people"),
    "it failed": lambda: b"\xff\xff",
}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people()


@pytest.fixture
def document(cast: Cast, settings: Settings) -> Document:
    document = make_proposal(cast.pair).documents.get()
    services.seed_content(document, Content(texts={"problem": "People wait."}))
    settings.ENGINE = {**settings.ENGINE, "SCRIBE_SECONDS": 3.0}
    return document


def typed(epoch: Epoch, words: str, *, client: int) -> bytes:
    """What somebody with this client id types at the end of what can be read."""
    doc = Doc({"t:problem": Text()}, client_id=client)
    doc.apply_update(log.merged(epoch.pk)[0])
    before, text = doc.get_state(), doc.get("t:problem", type=Text)
    text.insert(len(str(text).encode()), words)
    return doc.get_update(before)


def put(epoch: Epoch, data: bytes, cast: Cast) -> int:
    """A row past the gate, sealed as the writer would."""
    epoch.refresh_from_db()
    seq, now = epoch.head + 1, timezone.now()
    before = bytes(Update.objects.get(epoch=epoch, seq=epoch.head).seal)
    bond = seal(before, seq, cast.amara.pk, at=microseconds(now), data=data)
    Update.objects.create(epoch=epoch, seq=seq, data=data, by=cast.amara, at=now, seal=bond)
    Epoch.objects.filter(pk=epoch.pk).update(head=seq)
    return seq


def filled(document: Document, cast: Cast, killer: bytes) -> tuple[Epoch, int]:
    """Words, the row that kills, and words again."""
    epoch = Epoch.objects.get()
    for n in range(9):
        put(epoch, typed(epoch, f" Before {n}.", client=5_000 + n), cast)
    after = typed(epoch, " After.", client=6_000)
    seq = put(epoch, killer, cast)
    put(epoch, after, cast)
    return epoch, seq


def said(document: Document) -> str:
    return selectors.reading_of(document).content.texts["problem"]


def command(*words: str) -> str:
    out = StringIO()
    call_command("quarantine", *words, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("reason", KILLERS)
def test_the_smallest_range_is_set_aside(
    document: Document, cast: Cast, *, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    """[ED98] One row, named with its reason; the rest is read; the bytes stay; record and log say so."""
    killer = KILLERS[reason]()
    epoch, seq = filled(document, cast, killer)
    (held,) = quarantine.examine(epoch.pk, selectors.roots_of(document.template))
    assert (held.first, held.last) == (seq, seq)
    assert held.reason.startswith(reason)
    reading = selectors.reading_of(document)
    assert "Before 8." in said(document)
    assert "After." in said(document)
    assert reading.note == quarantine.HELD
    assert bytes(Update.objects.get(seq=seq).data) == killer
    entry = AuditEntry.objects.get(verb="quarantine")
    assert entry.facts["first"] == entry.facts["last"] == seq
    assert "Rows were set aside" in caplog.text
    assert "Before" not in caplog.text
    assert quarantine.examine(epoch.pk, selectors.roots_of(document.template)) == []
    assert list(services.faults_of(document)) == []


def test_several_rows_are_found(document: Document, cast: Cast) -> None:
    """[ED98] Each by itself, wherever they stand."""
    epoch, one = filled(document, cast, b"\xff\xff")
    other = put(epoch, nested(), cast)
    found = quarantine.examine(epoch.pk, selectors.roots_of(document.template))
    assert [(each.first, each.last) for each in found] == [(one, one), (other, other)]


def test_what_was_folded_is_set_aside_as_a_whole(document: Document, cast: Cast) -> None:
    """[ED98] A checkpoint that cannot be read holds rows 1 to its end; what came later is looked at alone."""
    epoch = Epoch.objects.get()
    put(epoch, aimed("hang-3-updates", "r:people"), cast)
    assert log.compact(epoch.pk)
    (held,) = quarantine.examine(epoch.pk, selectors.roots_of(document.template))
    assert (held.first, held.last) == (1, 2)
    assert said(document) == ""


def test_reading_finds_it_by_itself(document: Document, cast: Cast) -> None:
    """[ED98] [ED99] Nobody has to ask: the page that could not be read has it looked for."""
    epoch, _ = filled(document, cast, b"\xff\xff")
    page = f"/proposals/{document.proposal.reference}/{document.stage}/text/"
    assert "could not be brought up to date" in as_(cast.ben).get(page).content.decode()
    assert settled(lambda: quarantine.is_held(epoch.pk))
    body = as_(cast.ben).get(page).content.decode()
    assert "A part of this text could not be read" in body
    assert "After." in body


def settled(condition: Callable[[], bool]) -> bool:
    """The thread that looks has ended, and this is so."""
    with quarantine._looking:
        return condition()


def test_nothing_is_done_to_a_text_that_is_held(document: Document, cast: Cast) -> None:
    """[ED99] No freeze, no version, no restoring, no folding; the editor and the API say why."""
    version = services.name_version(document, "Before", by=cast.amara)
    epoch, _ = filled(document, cast, b"\xff\xff")
    quarantine.examine(epoch.pk, selectors.roots_of(document.template))
    for deed in (
        lambda: services.freeze(document, by=cast.amara, patience=0),
        lambda: services.name_version(document, "Now", by=cast.amara),
        lambda: services.restore(document, version, by=cast.amara),
    ):
        with pytest.raises(RefusedError, match="set aside"):
            deed()
    assert not log.compact(epoch.pk)
    facts = as_(cast.amara).get(f"/api/documents/{document.pk}/").json()
    assert facts["notice"] == quarantine.HELD
    assert as_(cast.amara).get(f"/api/documents/{document.pk}/text/").json()["note"] == quarantine.HELD
    editor = f"/proposals/{document.proposal.reference}/{document.stage}/"
    assert "A part of this text could not be read" in as_(cast.amara).get(editor).content.decode()


def test_rows_are_put_back_once_they_can_be_read(
    document: Document, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED100] Not before; afterwards the text is whole again and people can write."""
    epoch = Epoch.objects.get()
    seq = put(epoch, typed(epoch, " Strange.", client=7_000), cast)
    real = scribe.replay

    def old_library(updates: list[bytes], roots: set[str], *, by: scribe.Child | None = None) -> Content:
        if any(b"Strange." in update for update in updates):
            raise scribe.ScribeFailed("", "it ended")
        return real(updates, roots, by=by)

    with monkeypatch.context() as before_the_upgrade:
        before_the_upgrade.setattr(scribe, "replay", old_library)
        (held,) = quarantine.examine(epoch.pk, selectors.roots_of(document.template))
        assert f"rows {seq} to {seq}" in command()
        assert "Strange." not in said(document)
        with pytest.raises(CommandError, match="it ended"):
            command("release", str(held.pk))
    assert "count again" in command("release", str(held.pk), "--by", cast.amara.email)
    assert "Strange." in said(document)
    assert not quarantine.is_held(epoch.pk)
    assert AuditEntry.objects.get(verb="release").by == cast.amara
    assert command() == "Set aside: 0.\n"


def test_people_go_on_without_them(document: Document, cast: Cast) -> None:
    """[ED100] In the next epoch, with all that can be read; the old one keeps the bytes."""
    killer = nested()
    epoch, seq = filled(document, cast, killer)
    (held,) = quarantine.examine(epoch.pk, selectors.roots_of(document.template))
    assert "in epoch 2" in command("leave-out", str(held.pk))
    following = services.open_epoch(document)
    assert (following.number, log.owners(following.pk)) == (2, log.owners(epoch.pk))
    assert "Before 8." in said(document)
    assert "After." in said(document)
    assert selectors.reading_of(document).note == ""
    assert bytes(Update.objects.get(epoch=epoch, seq=seq).data) == killer
    assert services.name_version(document, "Now", by=cast.amara).number == 1
    with pytest.raises(services.NothingHeld):
        services.leave_out(document, by=None)
    with pytest.raises(CommandError, match="number of an entry"):
        command("release", str(held.pk))


@pytest.mark.live
async def test_open_pages_come_back_to_the_rest(place: Place) -> None:
    """[ED99] The room is read anew without the rows, and STATE says that nobody can write, and why."""
    async with place.peer(place.cast.amara) as amara:
        amara.type("Words. ")
        await amara.saved()
        killer = aimed("hang-3-updates", "r:people")
        await ask(lambda: put(Epoch.objects.get(pk=place.epoch.pk), killer, place.cast))
        page = f"/proposals/{place.epoch.document.proposal.reference}/concept/text/"
        await asyncio.to_thread(fetch, place, page)
        await amara.until(lambda: amara.is_closed, 40)
        assert amara.code == CloseCode.BUSY
        await amara.connect()
        await amara.until(lambda: bool(amara.states) and amara.states[-1]["mode"] == "read")
        assert amara.states[-1]["reason"] == quarantine.HELD
        assert "Words." in amara.said
    await ask(Quarantine.objects.all().delete)


def fetch(place: Place, page: str) -> None:
    import urllib.request  # noqa: PLC0415 - for this alone

    cookie = f"sessionid={place.cookies[place.cast.amara.pk]}"
    request = urllib.request.Request(place.server.address + page, headers={"Cookie": cookie})
    urllib.request.urlopen(request, timeout=20).close()
