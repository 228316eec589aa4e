"""What becomes of threads while people go on writing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from proposals.comments.models import Placement, Thread, ThreadEvent
from proposals.comments.services import look_again, resolve
from proposals.comments.services.looking import GRACE
from proposals.editing import log, scribe
from proposals.editing.models import Epoch
from proposals.editing.services import freeze, thaw
from proposals.portfolio.access import access_of
from proposals.portfolio.models import Document
from tests.people import Cast
from tests.threads import at, begun, cut, insert, said, write
from tests.threads import open_thread as opened
from workspaces.models import Person

WORDS = "within £40 an hour of naïve costs 😀"


@pytest.fixture
def thread(document: Document, cast: Cast) -> Thread:
    begun(document)
    return opened(document, WORDS, by=cast.ben)


def after_grace(document: Document) -> bool:
    """Half a minute later, nobody having written meanwhile."""
    Thread.objects.filter(document=document).exclude(missing_since=None).update(
        missing_since=timezone.now() - GRACE - timedelta(seconds=1)
    )
    return look_again(document)


def words_of(thread: Thread) -> str:
    """What the section says where the thread was last seen."""
    start, end = Placement.objects.get().spots[str(thread.pk)]
    return said(thread.document).encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def kinds(thread: Thread) -> list[str]:
    return list(ThreadEvent.objects.filter(thread=thread).values_list("kind", flat=True))


def test_typing_around_it_moves_it_along(document: Document, thread: Thread, amara: Person) -> None:
    """[CM13] Emoji and pounds before it, words behind it, a new paragraph, a heading, marks."""
    write(document, insert("😀 Many £ ", "Older"), by=amara)
    write(document, insert(" or so", " on most"), by=amara)
    write(document, insert("\n", "A frailty"), by=amara)
    write(
        document, lambda text: text.format(at(text, "hour"), at(text, "hour") + 4, {"strong": True}), by=amara
    )
    assert not look_again(document)
    assert words_of(thread) == WORDS
    assert kinds(thread) == ["opened"]


def test_typing_and_deleting_inside_changes_what_it_says(
    document: Document, thread: Thread, amara: Person
) -> None:
    """[CM13] The thread keeps what it was opened on, and knows what stands there now."""
    write(document, cut("naïve "), by=amara)
    write(document, insert("half ", "hour"), by=amara)
    look_again(document)
    thread.refresh_from_db()
    assert words_of(thread) == "within £40 an half hour of costs 😀"
    assert thread.latest["exact"] == words_of(thread)
    assert thread.exact == WORDS


def test_breaking_and_joining_its_paragraph(document: Document, thread: Thread, amara: Person) -> None:
    """[CM13] Enter in the middle, a list, and back again."""
    write(document, lambda text: text.insert(at(text, " hour"), "\n", {"list": "bullet"}), by=amara)
    look_again(document)
    assert words_of(thread) == WORDS.replace(" hour", "\n hour")
    write(document, lambda text: text.__delitem__(slice(at(text, "\n hour"), at(text, " hour"))), by=amara)
    look_again(document)
    assert words_of(thread) == WORDS


def test_gone_words_are_waited_for_and_then_missed(document: Document, thread: Thread, amara: Person) -> None:
    """[CM15] Half a minute is time to paste; then it is detached, with who removed it, and still open."""
    write(document, cut(WORDS), by=amara)
    assert look_again(document)
    thread.refresh_from_db()
    assert thread.anchor_state == "anchored"
    assert thread.missing_since is not None
    assert not look_again(document)
    assert after_grace(document)
    thread.refresh_from_db()
    assert (thread.anchor_state, thread.state, thread.missing_by) == ("detached", "open", amara)
    assert thread.exact == WORDS
    assert kinds(thread) == ["opened", "detached"]
    assert not look_again(document)


def test_cut_and_pasted_words_take_it_along(document: Document, thread: Thread, amara: Person) -> None:
    """[CM14]"""
    paragraph = "A frailty team would see them within £40 an hour of naïve costs 😀 on most days."
    write(document, cut(paragraph), by=amara)
    look_again(document)
    write(document, insert(f"{paragraph} ", "Nobody should"), by=amara)
    assert look_again(document)
    thread.refresh_from_db()
    assert words_of(thread) == WORDS
    assert thread.missing_since is None
    assert kinds(thread) == ["opened", "reattached"]
    write(document, insert("Well, ", "A frailty"), by=amara)
    look_again(document)
    assert words_of(thread) == WORDS


def test_undo_brings_it_back(document: Document, thread: Thread, amara: Person) -> None:
    """[CM16] Also after it has been detached."""
    write(document, cut(WORDS), by=amara)
    look_again(document)
    after_grace(document)
    write(document, insert(WORDS, " on most"), by=amara)
    assert look_again(document)
    thread.refresh_from_db()
    assert (thread.anchor_state, thread.detached_at, thread.missing_by) == ("anchored", None, None)
    assert words_of(thread) == WORDS


def test_a_copy_is_another_text(document: Document, thread: Thread, amara: Person) -> None:
    """[CM19] Copy and paste leaves the thread where it is; nothing is ever doubled."""
    write(document, insert(f"{WORDS}. ", "Nobody"), by=amara)
    look_again(document)
    start = Placement.objects.get().spots[str(thread.pk)][0]
    assert start == said(document).index(WORDS)
    assert Thread.objects.count() == 1


def test_overlapping_threads_stay_apart(document: Document, thread: Thread, cast: Cast) -> None:
    """[CM19] Each on its own words, however they lie on one another."""
    stretches = ("an hour of", "see them within £40 an hour", WORDS)
    others = [opened(document, words, by=cast.amara) for words in stretches]
    write(document, insert("very ", "naïve"), by=cast.amara)
    write(document, cut("see "), by=cast.amara)
    look_again(document)
    assert [words_of(each) for each in others] == [
        "an hour of", "them within £40 an hour", WORDS.replace("naïve", "very naïve")
    ]  # fmt: skip


def test_of_several_writers_the_one_who_removed_it_is_named(
    document: Document, thread: Thread, cast: Cast
) -> None:
    """[CM15] Found in the log; nobody, once the log has been folded."""
    write(document, insert("x", "Older"), by=cast.amara)
    write(document, cut(WORDS), by=cast.ben)
    write(document, insert("y", "Older"), by=cast.amara)
    look_again(document)
    thread.refresh_from_db()
    assert thread.missing_by == cast.ben
    other = opened(document, "in a corridor", by=cast.ben)
    write(document, cut("in a corridor"), by=cast.ben)
    write(document, insert("z", "Older"), by=cast.amara)
    log.compact(Epoch.objects.get().pk)
    look_again(document)
    other.refresh_from_db()
    assert other.missing_since is not None
    assert other.missing_by is None


def test_a_look_costs_three_queries_while_nobody_has_written(
    document: Document, thread: Thread, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """[CM20]"""
    look_again(document)
    with django_assert_num_queries(3):
        look_again(document)


def test_a_text_that_cannot_be_read_leaves_threads_alone(
    thread: Thread, amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[CM21]"""
    document = thread.document

    def fail(*_: object) -> None:
        raise scribe.ScribeFailed("not now")

    write(document, cut(WORDS), by=amara)
    with monkeypatch.context() as patched:
        patched.setattr(scribe, "place", fail)
        assert not look_again(document)
    thread.refresh_from_db()
    assert thread.missing_since is None
    assert look_again(document)


def test_resolved_threads_are_let_be(document: Document, thread: Thread, cast: Cast) -> None:
    """[CM15] What is closed needs no place; opened again, it is looked for."""
    resolve(access_of(cast.ben, document), thread, by=cast.ben)
    write(document, cut(WORDS), by=cast.amara)
    assert not look_again(document)
    thread.refresh_from_db()
    assert thread.missing_since is None


def test_an_older_look_changes_nothing(document: Document, thread: Thread, amara: Person) -> None:
    """[CM20] Of two processes that look at once, the one that read less gives way."""
    write(document, cut(WORDS), by=amara)
    Placement.objects.create(document=document, epoch=Epoch.objects.get(), seq=10**6)
    assert not look_again(document)
    thread.refresh_from_db()
    assert thread.missing_since is None


def test_nothing_to_look_for(document: Document) -> None:
    """[CM20] No text yet, no threads yet."""
    assert not look_again(document)
    begun(document)
    assert not look_again(document)
    assert not Placement.objects.exists()


def test_threads_go_on_when_a_text_is_opened_again(document: Document, thread: Thread, cast: Cast) -> None:
    """[CM22] Frozen, they stand where they stood; thawed, they go on as before."""
    write(document, insert("Many ", "Older"), by=cast.amara)
    freeze(document, by=cast.amara, patience=0)
    look_again(document)
    spot = Placement.objects.get().spots[str(thread.pk)]
    thaw(document, by=None)
    look_again(document)
    assert Placement.objects.get().spots[str(thread.pk)] == spot
    assert words_of(thread) == WORDS
    write(document, cut(WORDS), by=cast.ben)
    look_again(document)
    thread.refresh_from_db()
    assert (thread.missing_by, kinds(thread)) == (cast.ben, ["opened"])
