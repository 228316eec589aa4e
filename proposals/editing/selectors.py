"""Reads about a document: its epochs, the names in it, and what it says."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404

from proposals.editing import log, quarantine, scribe
from proposals.editing.domain.content import Content
from proposals.editing.models import Epoch, FrozenVersion, Rendering, Update
from proposals.portfolio.access import (
    DOCUMENT_PARTS,
    Access,
    abilities_for,
    access_of,
    document_for,
    proposal_for,
)
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.models import Document, Template
from workspaces.models import Person
from workspaces.prepared import Prepared

logger = logging.getLogger(__name__)
OLDER = "This text could not be brought up to date just now. What you see may miss the newest changes."
FAILED_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document said, when that was saved, and whether it is the newest."""

    content: Content
    seq: int = 0
    saved_at: datetime | None = None
    note: str = ""


def roots_of(template: Template) -> frozenset[str]:
    """The names a document of this template may use."""
    return frozenset(root for section in template.sections.all() for root in section.roots)


def stage_document_for(
    person: Person, reference: str, stage: str, *, ability: Ability = Ability.READ
) -> Document:
    """The document of a proposal at a stage for somebody who may read it, or 404."""
    proposal = proposal_for(person, reference, ability)
    document = Document.objects.select_related("template").filter(proposal=proposal, stage=stage).first()
    if document is None:
        raise Http404
    document.proposal = proposal
    return document


def newest_epoch(document: Document) -> Epoch | None:
    """The epoch the document is, or was last, written in."""
    return Epoch.objects.filter(document=document).order_by("-number").first()


def closing_version(epoch: Epoch | None) -> FrozenVersion | None:
    """What a text said when it was closed; nothing while it is open."""
    if epoch is None or epoch.closed_at is None:
        return None
    return FrozenVersion.objects.defer("canonical", "markdown").filter(epoch=epoch, closes=True).first()


def epoch_for(person: Person, epoch_uuid: uuid.UUID | str, ability: Ability = Ability.READ) -> Epoch:
    """The epoch with its document, for somebody who may; a stranger learns nothing."""
    return epoch_access(person, epoch_uuid, ability)[0]


def epoch_access(
    person: Person, epoch_uuid: uuid.UUID | str, ability: Ability = Ability.READ
) -> tuple[Epoch, Access]:
    """The same, for whoever goes on to ask what else the person may do there."""
    try:
        epoch = _EPOCHS.one(uuid.UUID(str(epoch_uuid)))
    except ValueError as wrong:
        raise Http404 from wrong
    if epoch is None:
        raise Http404
    return epoch, access_of(person, epoch.document, ability)


def _with_its_document(epoch: uuid.UUID, **_: object) -> QuerySet[Epoch]:
    return Epoch.objects.select_related(*(f"document__{part}" for part in DOCUMENT_PARTS)).filter(pk=epoch)


_EPOCHS = Prepared(_with_its_document, uuid.UUID)


def content_of(document: Document) -> Content:
    """What the document says now, or as near to now as can be read."""
    return reading_of(document).content


def reading_of(document: Document) -> Reading:
    """What the document says, read by the scribe at most once for each change."""
    epoch = newest_epoch(document)
    if epoch is None:
        return Reading(Content())
    kept = Rendering.objects.filter(epoch=epoch).first()
    held = quarantine.HELD if quarantine.is_held(epoch.pk) else ""
    if kept is not None and kept.seq >= epoch.head:
        return _reading(kept, note=held)
    try:
        return _reading(_read(epoch, document.template), note=held)
    except scribe.ScribeFailed:
        return _reading(kept, note=OLDER) if kept else Reading(Content(), note=OLDER)


def _read(epoch: Epoch, template: Template) -> Rendering:
    """Ask the scribe, unless it failed at this very text a moment ago, and keep the answer."""
    failed = f"scribe-failed:{epoch.pk}"
    rows, seq = log.readable(epoch.pk), epoch.head
    seq = max(seq, rows[-1][0] if rows else 0)
    if cache.get(failed) == (seq, len(rows)):
        raise scribe.ScribeFailed(OLDER)
    try:
        content = scribe.replay([data for _, data in rows], roots_of(template))
    except scribe.ScribeFailed as trouble:
        cache.set(failed, (seq, len(rows)), FAILED_SECONDS)
        if trouble.reason:
            quarantine.suspect(epoch.pk, roots_of(template))
        raise
    # A kept answer is no state: it can be lost or made again, so reading may write it.
    kept, _ = Rendering.objects.update_or_create(
        epoch=epoch, defaults={"seq": seq, "content": content.as_json()}
    )
    return kept


def _reading(kept: Rendering, note: str = "") -> Reading:
    newest = Update.objects.filter(epoch_id=kept.epoch_id, seq__lte=kept.seq).order_by("-seq").first()
    return Reading(Content.from_json(kept.content), kept.seq, newest.at if newest else kept.at, note)


def versions_of(document: Document) -> QuerySet[FrozenVersion]:
    """What was kept of a document, newest first."""
    return FrozenVersion.objects.filter(document=document).select_related("made_by").order_by("-number")


def versions_for(person: Person, reference: str) -> QuerySet[FrozenVersion]:
    """The versions of all texts of a proposal: a committee's people find those that were handed in."""
    proposal = proposal_for(person, reference, Ability.READ_VERSION)
    found = FrozenVersion.objects.filter(document__proposal=proposal).select_related(
        "document", "template", "made_by"
    )
    if not abilities_for(person, proposal)[Ability.READ].allowed:
        found = found.filter(closes=True)
    return found.order_by("-made_at", "-pk")


def stage_version_for(person: Person, reference: str, stage: str, *, number: int) -> FrozenVersion:
    """One version of a text. What was only kept, not handed in, is for those who read the draft."""
    document = stage_document_for(person, reference, stage, ability=Ability.READ_VERSION)
    return _open_to(person, version_of(document, number))


def version_of(document: Document, number: int) -> FrozenVersion:
    """One version of a document that the reader may read, or 404."""
    found = FrozenVersion.objects.filter(document=document, number=number)
    version = found.select_related("template", "made_by").first()
    if version is None:
        raise Http404
    return version


def version_for(person: Person, sha256: str) -> FrozenVersion:
    """The version with this hash, for somebody who may read it. Of several the one that was submitted."""
    found = FrozenVersion.objects.filter(sha256=sha256.lower()).order_by("-closes", "-number")
    version = found.select_related("template", "made_by").first()
    if version is None:
        raise Http404
    version.document = document_for(person, version.document_id, Ability.READ_VERSION)
    return _open_to(person, version)


def _open_to(person: Person, version: FrozenVersion) -> FrozenVersion:
    if not version.closes:
        document_for(person, version.document_id, Ability.READ)
    return version
