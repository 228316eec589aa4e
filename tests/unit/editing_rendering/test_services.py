"""Opening documents: one first epoch, one seed, and reading at most once for each change."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.utils import timezone

from proposals.editing import scribe, selectors, services
from proposals.editing.domain.content import Content
from proposals.editing.models import Epoch, Rendering, Update
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Document, Supporter
from tests.people import Cast, people
from tests.proposals import make_proposal, make_supporter


def test_the_first_opening_seeds(document: Document) -> None:
    """[ED63] [ED74]"""
    epoch = services.open_epoch(document)
    update = Update.objects.get()
    assert (update.epoch, update.seq, update.by) == (epoch, 1, None)
    assert (epoch.number, epoch.head, epoch.size) == (1, 1, len(update.data))
    assert services.open_epoch(document) == epoch


@pytest.mark.django_db(transaction=True)
def test_two_who_open_at_once_find_one_epoch() -> None:
    """[ED74] The document is seeded once, whoever comes first."""
    document = make_proposal(people().pair).documents.get()
    scribe.read(b"\x00\x00", ["t:t"])
    start, found = threading.Barrier(4), []

    def open_it() -> None:
        try:
            start.wait()
            found.append(services.open_epoch(Document.objects.get(pk=document.pk)).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Update.objects.count() == 1


def test_a_text_to_start_with(document: Document) -> None:
    services.seed_content(document, Content(texts={"summary": "Hello"}))
    assert selectors.content_of(document).texts["summary"] == "Hello\n"


def test_a_text_is_never_put_on_top(document: Document) -> None:
    """[ED75]"""
    services.open_epoch(document)
    with pytest.raises(services.AlreadyBegun, match="stays as it is"):
        services.seed_content(document, Content(texts={"summary": "Hello"}))
    assert Update.objects.count() == 1


def test_a_closed_document_is_not_opened(document: Document) -> None:
    services.open_epoch(document)
    Epoch.objects.update(closed_at=timezone.now())
    with pytest.raises(services.DocumentClosed, match="read, not changed"):
        services.open_epoch(document)
    assert Epoch.objects.count() == 1


def test_a_text_is_read_once_for_each_change(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ED76] A kept reading needs no scribe, until something changes."""
    services.seed_content(document, Content(texts={"summary": "Hello"}))
    selectors.content_of(document)
    kept = Rendering.objects.get()
    # No child can start: only what is kept can be read.
    monkeypatch.setattr(scribe, "CHILD", "nowhere")
    scribe._child.end()
    assert selectors.reading_of(document).note == ""
    assert Rendering.objects.get().at == kept.at
    Epoch.objects.update(head=2)
    assert selectors.reading_of(document).note == selectors.OLDER
    assert selectors.content_of(document).texts["summary"] == "Hello\n"
    scribe._child.end()


def test_an_unreadable_document_without_a_kept_reading_is_empty(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED68]"""
    services.open_epoch(document)
    monkeypatch.setattr(scribe, "CHILD", "nowhere")
    scribe._child.end()
    assert selectors.reading_of(document) == selectors.Reading(Content(), note=selectors.OLDER)
    scribe._child.end()


def test_an_epoch_is_found_through_its_document(document: Document, cast: Cast) -> None:
    amara, dele, eve = cast.amara, cast.dele, cast.eve
    epoch = services.open_epoch(document)
    assert selectors.epoch_for(amara, str(epoch.pk), Ability.EDIT) == epoch
    with pytest.raises(PermissionDenied, match="seen only by the pair"):
        selectors.epoch_for(dele, epoch.pk)
    make_supporter(document.proposal, dele, Supporter.READER)
    assert selectors.epoch_for(dele, epoch.pk) == epoch
    with pytest.raises(PermissionDenied):
        selectors.epoch_for(dele, epoch.pk, Ability.EDIT)
    for unknown in (epoch.pk, "nonsense", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(Http404):
            selectors.epoch_for(eve, unknown)


def test_the_roots_of_a_template(document: Document) -> None:
    roots = selectors.roots_of(document.template)
    assert {"t:summary", "f:aim", "t:people", "f:people", "r:people"} <= roots
    assert "t:aim" not in roots


def test_a_log_that_cannot_be_merged_shows_the_last_text(document: Document) -> None:
    """[ED68]"""
    epoch = services.seed_content(document, Content(texts={"summary": "Hello"}))
    selectors.content_of(document)
    Update.objects.create(epoch=epoch, seq=2, data=b"\xff\xff", by=None, at=timezone.now())
    Epoch.objects.update(head=2)
    reading = selectors.reading_of(document)
    assert reading.note == selectors.OLDER
    assert reading.content.texts["summary"] == "Hello\n"
