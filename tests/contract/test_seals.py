"""The chain of seals in the log, and the command that follows it, on whichever database the tests run."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from proposals.editing import log, selectors, services
from proposals.editing.domain.canonical import sha256
from proposals.editing.domain.content import Content
from proposals.editing.domain.seals import fault
from proposals.editing.log.writing import Writer
from proposals.editing.models import Checkpoint, Epoch, FrozenVersion, Rendering, Update
from proposals.portfolio.models import Document
from tests.contract.test_log import words
from tests.people import Cast, people
from tests.proposals import make_proposal

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 12


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people()


@pytest.fixture
def document(cast: Cast) -> Document:
    document = make_proposal(cast.pair).documents.get()
    services.seed_content(document, Content(texts={"problem": "People wait."}))
    return document


@pytest.fixture
def writer(transactional_db: None) -> Iterator[Writer]:
    writer = Writer()
    yield writer
    writer.stop()


@pytest.fixture
def written(document: Document, cast: Cast, writer: Writer) -> Epoch:
    """Rows of two people, in batches of different sizes, by two processes in turn."""
    epoch, updates = Epoch.objects.get(), words(ROWS)
    other = Writer()
    for at, size in ((0, 1), (1, 4), (5, 1), (6, 6)):
        by = (writer, other)[at % 2]
        person = (cast.amara, cast.ben)[at % 2].pk
        lines = tuple(log.Line(person, update) for update in updates[at : at + size])
        assert by.append([log.Batch(epoch.pk, lines)]).result(10)[0].stored
    other.stop()
    epoch.refresh_from_db()
    assert epoch.head == ROWS + 1
    return epoch


def verified() -> str:
    """What the command says of what is amiss; nothing if all is well."""
    out, complaints = StringIO(), StringIO()
    with suppress(CommandError):
        call_command("verify_documents", stdout=out, stderr=complaints)
        assert "Documents that are as they were written: all 1." in out.getvalue()
        return ""
    return complaints.getvalue()


def test_every_row_is_bound_to_the_one_before(written: Epoch) -> None:
    """[ED95] Across batches, people and processes; two seals are never the same."""
    assert fault(log.stored(written.pk)) == ""
    seals = {bytes(row.seal) for row in Update.objects.all()}
    assert len(seals) == ROWS + 1
    assert {len(seal) for seal in seals} == {32}
    assert verified() == ""


TAMPERED: dict[str, Callable[[Epoch, int], object]] = {
    "bytes": lambda epoch, seq: Update.objects.filter(seq=seq).update(data=b"\0\0"),
    "person": lambda epoch, seq: Update.objects.filter(seq=seq).update(by=None if seq > 1 else 1),
    "moment": lambda epoch, seq: Update.objects.filter(seq=seq).update(at=F("at") + timedelta(seconds=1)),
    "seal": lambda epoch, seq: Update.objects.filter(seq=seq).update(seal=b"\1" * 32),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_changed_row_is_named(written: Epoch, what: str, cast: Cast) -> None:
    """[ED95] [ED97] Whatever of it was changed, and in whichever row."""
    seq = random.Random(what).randint(2, ROWS)
    TAMPERED[what](written, seq)
    assert f"Epoch 1: Row {seq}, or its bond to the row before it, has been changed" in verified()


def test_missing_rows_are_named(written: Epoch) -> None:
    """[ED97] One taken out of the middle, and the newest ones cut off."""
    Update.objects.filter(seq=5).delete()
    assert "Row 5 is missing: row 6 follows row 4." in verified()
    Update.objects.filter(seq__gte=5).delete()
    assert f"The log should end with row {ROWS + 1}, but ends with row 4." in verified()


def test_rows_that_changed_places_are_named(written: Epoch) -> None:
    """[ED95] A row may be whole and true, but its place is part of what it says."""
    Update.objects.filter(seq=4).update(seq=100)
    Update.objects.filter(seq=7).update(seq=4)
    Update.objects.filter(seq=100).update(seq=7)
    assert "Row 4, or its bond" in verified()


def test_folding_keeps_the_chain(written: Epoch, writer: Writer, cast: Cast) -> None:
    """[ED96] What is left can be proved, what comes later is bound to it, and a change in it is found."""
    assert log.compact(written.pk)
    assert verified() == ""
    more = tuple(log.Line(cast.ben.pk, update) for update in words(3, client=1002))
    assert writer.append([log.Batch(written.pk, more)]).result(10)[0].stored
    assert verified() == ""
    assert log.compact(written.pk)
    assert verified() == ""
    kept = Checkpoint.objects.get()
    Checkpoint.objects.update(data=bytes(kept.data) + b"\0")
    assert f"What was folded up to row {ROWS + 4} has been changed since." in verified()


def test_rows_move_into_another_table_whole(written: Epoch, writer: Writer, cast: Cast) -> None:
    """[ED95] Into the table of before, and back into the one without numbers; then it goes on."""
    before = list(Update.objects.order_by("seq").values_list())
    try:
        MigrationExecutor(connection).migrate([("editing", "0005_quarantine")])
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(DISTINCT id) FROM editing_update")
            assert cursor.fetchone() == (ROWS + 1,)
    finally:
        new = MigrationExecutor(connection)
        new.migrate(new.loader.graph.leaf_nodes())
    assert list(Update.objects.order_by("seq").values_list()) == before
    assert verified() == ""
    more = log.Batch(written.pk, (log.Line(cast.ben.pk, words(1, client=1002)[0]),))
    assert writer.append([more]).result(10)[0].head == ROWS + 2
    assert verified() == ""


def test_a_broken_log_is_not_folded(written: Epoch) -> None:
    """[ED96]"""
    Update.objects.filter(seq=3).update(by=None)
    with pytest.raises(log.Broken, match="Row 3"):
        log.compact(written.pk)
    assert Update.objects.count() == ROWS + 1


def test_the_next_epoch_goes_on_from_the_last(written: Epoch, document: Document, cast: Cast) -> None:
    """[ED95] Cutting the end off a closed epoch breaks the one after it."""
    services.freeze(document, by=cast.amara, patience=0)
    services.thaw(document, by=cast.amara)
    assert verified() == ""
    Update.objects.filter(epoch=written, seq=written.head).delete()
    Epoch.objects.filter(pk=written.pk).update(head=written.head - 1)
    assert "Epoch 2: Row 1, or its bond" in verified()


def test_versions_and_pages_are_compared_with_the_log(written: Epoch, document: Document, cast: Cast) -> None:
    """[ED97] A version whose text was changed, with and without its hash; a page that shows another text."""
    version = services.name_version(document, "Before the meeting", by=cast.amara)
    assert selectors.reading_of(document).seq == written.head
    assert verified() == ""
    kept = FrozenVersion.objects.filter(pk=version.pk)
    kept.update(canonical=version.canonical.replace("People", "Nobody"))
    assert "Version 1 has been changed" in verified()
    forged = sha256(version.canonical.replace("People", "Nobody"))
    kept.update(sha256=forged)
    assert f"Version 1 does not say what the log says at row {written.head}." in verified()
    kept.update(canonical=version.canonical, sha256=version.sha256)
    Rendering.objects.update(content=Content(texts={"problem": "All is well."}).as_json())
    assert f"What pages show of row {written.head} is not what the log says." in verified()


def test_a_fault_is_an_exit_code(written: Epoch) -> None:
    """[ED97]"""
    Update.objects.filter(seq=3).delete()
    with pytest.raises(CommandError, match="Not as they were written: 1 of 1 documents"):
        call_command("verify_documents", stdout=StringIO(), stderr=StringIO())


def test_it_says_how_far_it_has_got(written: Epoch, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED97] For many documents, and for one proposal alone."""
    monkeypatch.setattr("proposals.editing.management.commands.verify_documents.PROGRESS", 1)
    out = StringIO()
    call_command("verify_documents", written.document.proposal.reference, stdout=out)
    assert "1 of 1 documents looked at." in out.getvalue()
    out = StringIO()
    call_command("verify_documents", "no-such-reference", stdout=out)
    assert "as they were written: all 0." in out.getvalue()
