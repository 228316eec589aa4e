"""Telling people, reading, taking back, choosing."""

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.people import Cast
from workspaces import notices, services
from workspaces.domain.news import Kind, Piece, Way
from workspaces.models import AuditEntry, Mute, News, Preference

PIECE = Piece(Kind.REPLY, "Ben Adeyemi replied", "/proposals/X/", text="Yes.", target="thread:7", part=2)


def told(cast: Cast, *, piece: Piece = PIECE) -> list[News]:
    services.tell([cast.amara.pk, cast.ben.pk, cast.mags.pk, cast.mags.pk], piece, by=cast.ben)
    return list(News.objects.order_by("pk"))


def test_everybody_but_whoever_did_it(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """[NW1]"""
    heard: list[notices.Payload] = []
    stops = [
        notices.subscribe(f"person.{each.pk}", heard.append) for each in (cast.amara, cast.ben, cast.mags)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        rows = told(cast)
    for stop in stops:
        stop()
    assert {row.person for row in rows} == {cast.amara, cast.mags}
    assert {(row.headline, row.text, row.by, row.pending) for row in rows} == {
        ("Ben Adeyemi replied", "Yes.", cast.ben, True)
    }
    assert heard == [{"type": "news", "news": row.pk} for row in rows]


@pytest.mark.django_db(transaction=True)
def test_a_deed_undone_tells_nobody(cast: Cast) -> None:
    """[NW1]"""
    with transaction.atomic():
        told(cast)
        transaction.set_rollback(True)
    assert not News.objects.exists()


def test_acting_on_it_is_reading_it(cast: Cast) -> None:
    """[NW2]"""
    told(cast)
    services.read_about("thread:8", by=cast.amara)
    services.read_about("thread:7", by=cast.amara)
    states = {row.person: (row.read_at is not None, row.pending) for row in News.objects.all()}
    assert states == {cast.amara: (True, False), cast.mags: (False, True)}


def test_only_what_was_there_to_be_seen_is_read(cast: Cast) -> None:
    """[NW2]"""
    first, *_ = told(cast)
    services.tell([cast.amara.pk], PIECE, by=cast.ben)
    services.read_about("thread:7", first.at, by=cast.amara)
    assert News.objects.filter(person=cast.amara, read_at=None).count() == 1


def test_taken_back_and_reworded(cast: Cast) -> None:
    """[NW2]"""
    told(cast)
    services.reword("thread:7", 2, "No.")
    assert {row.text for row in News.objects.all()} == {"No."}
    services.take_back("thread:7", 3)
    assert not News.objects.exclude(taken_back_at=None).exists()
    services.take_back("thread:7", 2)
    assert {(row.text, row.pending) for row in News.objects.exclude(taken_back_at=None)} == {("", False)}


def test_nobody_reads_for_others(cast: Cast) -> None:
    """[NW2]"""
    rows = told(cast)
    services.read_news([row.pk for row in rows], by=cast.amara)
    assert {row.person for row in News.objects.filter(read_at=None)} == {cast.mags}
    services.read_news(by=cast.mags)
    assert not News.objects.filter(read_at=None).exists()


def test_choosing_leaves_a_record(cast: Cast) -> None:
    """[NW4]"""
    services.prefer({Kind.REPLY: Way.APP}, [4, 5], by_email=True, by=cast.amara)
    services.prefer({Kind.REPLY: Way.AT_ONCE}, [5, 6], by_email=False, by=cast.amara)
    row = Preference.objects.get()
    assert (row.person, row.by_email, row.ways) == (cast.amara, False, {"reply": "at_once"})
    assert set(Mute.objects.values_list("proposal", flat=True)) == {5, 6}
    assert AuditEntry.objects.filter(verb="choose_news").count() == 2
