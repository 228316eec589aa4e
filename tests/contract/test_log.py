"""The log's contract, on whichever database the tests run."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from pycrdt import Doc, Text

from proposals.editing import log
from proposals.editing.domain.merging import gather
from proposals.editing.log.storing import Store
from proposals.editing.log.writing import Writer
from proposals.editing.models import Checkpoint, ClientBinding, Epoch, Update
from proposals.portfolio import access
from tests.people import Cast, people
from tests.proposals import make_proposal
from workspaces.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return people()


@pytest.fixture
def epoch(cast: Cast) -> Epoch:
    return Epoch.objects.create(document=make_proposal(cast.pair).documents.get())


@pytest.fixture
def writer(transactional_db: None) -> Iterator[Writer]:
    writer = Writer()
    yield writer
    writer.stop()


def words(count: int, client: int = 1001) -> list[bytes]:
    """Updates of somebody who types so many words."""
    doc = Doc({"t:problem": Text()}, client_id=client)
    text, made = doc.get("t:problem", type=Text), list[bytes]()
    doc.observe(lambda event: made.append(event.update))
    for n in range(count):
        text.insert(len(str(text)), f"{n} ")
    return made


def batch(
    epoch: Epoch, person: int | None, *updates: bytes, claims: frozenset[int] = frozenset()
) -> log.Batch:
    return log.Batch(epoch.pk, tuple(log.Line(person, update, claims) for update in updates))


def one(writer: Writer, batch: log.Batch) -> log.Outcome:
    return writer.append([batch]).result(10)[0]


def beside(*work: Callable[[], T]) -> list[T]:
    """Run these at once, each in a thread with a connection of its own."""
    start = threading.Barrier(len(work))

    def run(each: Callable[[], T]) -> T:
        try:
            start.wait(5)
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def test_what_is_appended_can_be_read(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED31] In order, from any seq on, merged, and the head moves with it."""
    updates = words(5)
    assert one(writer, batch(epoch, cast.amara.pk, *updates[:3])).head == 3
    assert one(writer, batch(epoch, cast.ben.pk, *updates[3:])).head == 5
    assert log.since(epoch.pk, 0) == list(enumerate(updates, start=1))
    assert log.since(epoch.pk, 3) == [(4, updates[3]), (5, updates[4])]
    assert log.merged(epoch.pk) == (gather(updates), 5)
    epoch.refresh_from_db()
    assert (epoch.head, epoch.size) == (5, sum(map(len, updates)))
    assert (
        list(Update.objects.order_by("seq").values_list("by", flat=True))
        == [cast.amara.pk] * 3 + [cast.ben.pk] * 2
    )


def test_an_empty_log_is_an_empty_update(epoch: Epoch) -> None:
    assert log.merged(epoch.pk) == (b"\x00\x00", 0)


def test_a_closed_epoch_takes_nothing(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED48] Closing and writing meet in one row: whatever comes after the closing is refused."""
    Epoch.objects.filter(pk=epoch.pk).update(closed_at=timezone.now())
    assert one(writer, batch(epoch, cast.amara.pk, *words(1))) == log.Outcome(closed=True)
    assert not Update.objects.exists()


def test_closing_while_people_write(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED48] The head at the moment of closing is the last row there will ever be."""
    updates = words(60)

    def close() -> int:
        with transaction.atomic():
            Epoch.objects.filter(pk=epoch.pk).update(closed_at=timezone.now())
            return Epoch.objects.get(pk=epoch.pk).head

    def write() -> int:
        return max(one(writer, batch(epoch, cast.amara.pk, update)).head for update in updates)

    head, written = beside(close, write)
    assert Update.objects.count() == head
    assert written in (0, head)


def test_one_who_may_not_write_stops_the_batch(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED34] Nothing of the room's batch is stored, and it hears who it was; other rooms go on."""
    other = Epoch.objects.create(document=epoch.document, number=2)
    mixed = log.Batch(
        epoch.pk, (log.Line(cast.amara.pk, words(1)[0]), log.Line(cast.dele.pk, words(1, 7)[0]))
    )
    outcomes = writer.append([mixed, batch(other, cast.ben.pk, *words(1))]).result(10)
    assert outcomes[0] == log.Outcome(barred=frozenset({cast.dele.pk}))
    assert outcomes[1].stored
    epoch.refresh_from_db()
    assert (epoch.head, epoch.size) == (0, 0)
    assert one(writer, batch(epoch, cast.amara.pk, *words(1))).head == 1


def test_the_right_to_write_is_asked_anew_after_any_change(
    writer: Writer, epoch: Epoch, cast: Cast, *, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED34] A yes lasts only while nobody else has committed; no row follows the end of a membership."""
    asked: list[int] = []

    def may_write(person_id: int, document_id: int) -> bool:
        asked.append(person_id)
        return access.may_write(person_id, document_id)

    monkeypatch.setattr("proposals.editing.log.rights.may_write", may_write)
    updates = words(8)
    for update in updates[:5]:
        assert one(writer, batch(epoch, cast.ben.pk, update)).stored
    assert len(asked) == (1 if connection.vendor == "sqlite" else 5)
    Membership.objects.filter(person=cast.ben).update(ended_at=timezone.now())
    assert one(writer, batch(epoch, cast.ben.pk, updates[5])).barred == {cast.ben.pk}


def test_a_client_id_belongs_to_its_first_writer(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED51] Whoever commits first has it; the other's batch is refused whole."""
    mine = batch(epoch, cast.amara.pk, *words(1), claims=frozenset({1001}))
    yours = batch(epoch, cast.ben.pk, *words(1), claims=frozenset({1001}))
    assert one(writer, mine).stored
    assert one(writer, yours) == log.Outcome(taken=frozenset({1001}))
    assert one(writer, mine).stored
    assert log.owners(epoch.pk) == {1001: cast.amara.pk}
    assert ClientBinding.objects.count() == 1


def test_the_server_writes_without_a_person(writer: Writer, epoch: Epoch) -> None:
    assert one(writer, batch(epoch, None, *words(1, 2))).stored
    assert Update.objects.get().by is None


def test_all_rooms_share_a_commit(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED57] What waits while one transaction runs goes into the next one together."""
    begun: list[int] = []
    original = Store.write

    def counted(self: Store, batches: list[log.Batch]) -> list[log.Outcome]:
        begun.append(len(batches))
        return original(self, batches)

    writer._store.write = counted.__get__(writer._store)  # type: ignore[method-assign]
    answers = [writer.append([batch(epoch, cast.amara.pk, update)]) for update in words(50)]
    assert [answer.result(10)[0].head for answer in answers] == list(range(1, 51))
    assert len(begun) < 50


def test_a_database_that_is_away_for_a_moment_is_waited_for(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED57] The writer tries again, and then answers."""
    failures = iter([OperationalError("away"), OperationalError("away")])
    original = Store.write

    def flaky(self: Store, batches: list[log.Batch]) -> list[log.Outcome]:
        for failure in failures:
            raise failure
        return original(self, batches)

    writer._store.write = flaky.__get__(writer._store)  # type: ignore[method-assign]
    assert one(writer, batch(epoch, cast.amara.pk, *words(1))).head == 1


def test_a_failure_is_an_answer_too(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED57] Nobody waits for ever; the next batch is written."""
    gone = batch(epoch, 987_654, *words(1))
    broken = log.Batch(epoch.pk, (log.Line(None, None),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        writer.append([broken]).result(10)
    assert one(writer, gone).barred == {987_654}
    assert one(writer, batch(epoch, cast.amara.pk, *words(1))).head == 1


def test_a_row_is_in_one_index() -> None:
    """[ED31] Each further one would be pages more to write for every keystroke."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "editing_update").values()
    ways = [each["columns"] for each in found if each["primary_key"] or each["unique"] or each["index"]]
    assert ways == [["epoch_id", "seq"]]


def test_compaction_keeps_every_word(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED58] Merged before and after are the same; a reader who is behind gets the checkpoint."""
    updates = words(30)
    one(writer, batch(epoch, cast.amara.pk, *updates[:20]))
    assert log.compact(epoch.pk)
    assert not log.compact(epoch.pk)
    one(writer, batch(epoch, cast.amara.pk, *updates[20:]))
    assert log.merged(epoch.pk)[1] == 30
    assert [seq for seq, _ in log.since(epoch.pk, 10)] == list(range(20, 31))
    assert not log.compact(epoch.pk, 200)
    assert log.compact(epoch.pk)
    assert text_of(epoch) == "".join(f"{n} " for n in range(30))
    assert Update.objects.count() == 0
    epoch.refresh_from_db()
    assert epoch.size == len(Checkpoint.objects.get().data)


def test_two_compact_while_one_writes(writer: Writer, epoch: Epoch, cast: Cast) -> None:
    """[ED58] Whoever started from an older checkpoint gives up; no row is deleted that was not read."""
    updates = words(60)
    one(writer, batch(epoch, cast.amara.pk, *updates[:20]))

    def write() -> bool:
        return all(one(writer, batch(epoch, cast.amara.pk, update)).stored for update in updates[20:])

    def compact() -> bool:
        return sum(log.compact(epoch.pk) for _ in range(5)) > 0

    written, *_ = beside(write, compact, compact)
    assert written
    assert log.merged(epoch.pk)[1] == 60
    assert text_of(epoch) == "".join(f"{n} " for n in range(60))


def text_of(epoch: Epoch) -> str:
    doc = Doc({"t:problem": Text()})
    doc.apply_update(log.merged(epoch.pk)[0])
    return str(doc.get("t:problem", type=Text))


def test_the_database_is_set_to_keep_its_word() -> None:
    """[ED31] SQLite: WAL with FULL synchronisation; PostgreSQL: commits wait for the disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone()[0] == "wal"
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone()[0] == "on"
