"""Freezing and thawing a document, as the rest of the server calls them."""

import hashlib
import json
import threading

import pytest
from django.db import connection
from pycrdt import Doc, Text

from proposals.editing import log, scribe, selectors, services
from proposals.editing.domain.canonical import content_in
from proposals.editing.domain.content import Content
from proposals.editing.models import ClientBinding, Epoch, FrozenVersion, Update
from proposals.portfolio.models import Document
from tests.people import Cast, people
from tests.proposals import make_proposal
from workspaces.models import AuditEntry, Person

CONTENT = Content(
    texts={"summary": "People wait.\n\n-   one\n-   two 😀\n", "ask": ""},
    forms={"aim": {"measure": "Going home", "from": "21%", "to": ""}},
    registers={"people": [{"id": "a", "who": "Ward sisters", "interest": "high"}]},
)


@pytest.fixture
def written(document: Document) -> Document:
    services.seed_content(document, CONTENT)
    return document


def test_a_frozen_document_is_kept_at_its_head(written: Document, amara: Person) -> None:
    """[ED121] [ED124] The version says what the document says, and the epoch is closed at that seq."""
    version = services.freeze(written, by=amara)
    epoch = Epoch.objects.get()
    assert (version.number, version.epoch, version.seq, version.closes) == (1, epoch, epoch.head, True)
    assert epoch.closed_at is not None
    assert content_in(version.canonical).texts == {"summary": CONTENT.texts["summary"]}
    assert content_in(version.canonical).forms == {"aim": {"measure": "Going home", "from": "21%"}}
    assert version.made_by == amara
    assert "# A frailty team at the front door" in version.markdown
    assert "-   two 😀" in version.markdown
    entry = AuditEntry.objects.get(verb="freeze")
    assert entry.facts == {"stage": "concept", "version": 1, "sha256": version.sha256}
    with pytest.raises(services.DocumentClosed, match="read, not changed"):
        services.open_epoch(written)


def test_the_hash_is_of_the_canonical_text(written: Document, amara: Person) -> None:
    """[ED124] Anybody can compute it again; the text is JSON in the one order there is."""
    services.freeze(written, by=amara)
    version = FrozenVersion.objects.get()
    assert version.sha256 == hashlib.sha256(version.canonical.encode()).hexdigest()
    assert version.canonical == (
        '{"format":1,"forms":{"aim":{"from":"21%","measure":"Going home"}},"reference":"MB-2026-001",'
        '"registers":{"people":[{"id":"a","interest":"high","who":"Ward sisters"}]},"stage":"concept",'
        f'"template":{json.dumps(version.template.version)},'
        '"texts":{"summary":"People wait.\\n\\n-   one\\n-   two 😀\\n"}}'
    )


def test_paragraphs_are_numbered_by_section(written: Document, amara: Person) -> None:
    """[ED124]"""
    version = services.freeze(written, by=amara)
    order = {
        section.key: nth for nth, section in enumerate(written.template.sections.order_by("order"), start=1)
    }
    said = {each["number"]: each["text"] for each in version.paragraphs}
    summary, aim, crowd = order["summary"], order["aim"], order["people"]
    assert said[f"{summary}.1"] == "People wait."
    assert said[f"{summary}.3"] == "two 😀"
    assert said[f"{aim}.1"].endswith("Going home")
    assert "Ward sisters" in said[f"{crowd}.1"]
    assert len(said) == 6


def test_what_cannot_be_read_stays_open(written: Document, amara: Person) -> None:
    """[ED121] The scribe fails: no version, no closing, and a sentence for whoever tried."""
    Update.objects.create(epoch=Epoch.objects.get(), seq=2, data=b"\xff\xff", by=amara, at=written.created_at)
    with pytest.raises(services.Unfreezable, match="stays open"):
        services.freeze(written, by=amara)
    assert services.open_epoch(written).closed_at is None
    assert not FrozenVersion.objects.exists()
    assert not AuditEntry.objects.filter(verb="freeze").exists()


def test_the_scribe_fails_only_after_the_closing(
    written: Document, amara: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[ED121] A word comes between the reading and the closing, and the second reading fails: open again."""
    original, read = scribe.read, list[bytes]()

    def once(merged: bytes, roots: frozenset[str]) -> Content:
        if read:
            raise scribe.ScribeFailed("no")
        read.append(merged)
        Epoch.objects.update(head=2)
        Update.objects.create(
            epoch=Epoch.objects.get(), seq=2, data=b"\x00\x00", by=amara, at=written.created_at
        )
        return original(merged, roots)

    monkeypatch.setattr(scribe, "read", once)
    with pytest.raises(services.Unfreezable):
        services.freeze(written, by=amara)
    assert services.open_epoch(written).closed_at is None
    monkeypatch.setattr(scribe, "read", original)
    assert services.freeze(written, by=amara).seq == 2


def test_thawing_goes_on_with_the_same_history(written: Document, cast: Cast) -> None:
    """[ED125] One row by the server; the same content; owners copied; both epochs stay."""
    first = services.open_epoch(written)
    ClientBinding.objects.create(epoch=first, client_id=77, person=cast.ben)
    before, head = log.merged(first.pk)
    services.freeze(written, by=cast.amara)
    second = services.thaw(written, by=cast.ben)
    row = Update.objects.get(epoch=second)
    assert (second.number, second.head, row.seq, row.by, bytes(row.data)) == (2, 1, 1, None, before)
    assert log.owners(second.pk) == {77: cast.ben.pk}
    assert log.merged(first.pk) == (before, head)
    assert services.open_epoch(written) == second
    assert selectors.content_of(written).texts["summary"] == CONTENT.texts["summary"]
    # The same words, not others that look alike: together they are not doubled.
    doc = Doc({"t:summary": Text()})
    doc.apply_update(before)
    once = str(doc.get("t:summary", type=Text))
    doc.apply_update(bytes(row.data))
    assert str(doc.get("t:summary", type=Text)) == once


def test_freezing_again_after_thawing_counts_on(written: Document, cast: Cast) -> None:
    """[ED124] Numbers go on through epochs, and the same words have the same hash."""
    first = services.freeze(written, by=cast.amara)
    services.thaw(written, by=cast.amara)
    second = services.freeze(written, by=cast.ben)
    assert (second.number, second.epoch.number) == (2, 2)
    assert second.sha256 == first.sha256


def test_an_open_document_is_not_thawed(written: Document, amara: Person) -> None:
    """[ED125]"""
    with pytest.raises(services.StillOpen, match="open already"):
        services.thaw(written, by=amara)
    services.freeze(written, by=amara)
    services.thaw(written, by=amara)
    with pytest.raises(services.StillOpen):
        services.thaw(written, by=amara)
    assert Epoch.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_freeze_at_once_make_one_version() -> None:
    """[ED123] One of them hears that it is done already; nothing is there twice."""
    document = make_proposal(people().pair).documents.get()
    services.seed_content(document, CONTENT)
    start, made = threading.Barrier(3), list[object]()

    def freeze() -> None:
        try:
            start.wait()
            made.append(services.freeze(Document.objects.get(pk=document.pk), by=None).number)
        except services.DocumentClosed:
            made.append("closed")
        finally:
            connection.close()

    threads = [threading.Thread(target=freeze) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, made)) == ["1", "closed", "closed"]
    assert FrozenVersion.objects.count() == AuditEntry.objects.filter(verb="freeze").count() == 1
