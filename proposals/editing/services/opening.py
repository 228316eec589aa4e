"""Opening a document for writing: its first epoch, seeded exactly once."""

import logging

from django.db import transaction
from django.utils import timezone

from proposals.editing import log, scribe
from proposals.editing.domain.beginning import beginning
from proposals.editing.domain.canonical import content_in
from proposals.editing.domain.content import Content
from proposals.editing.domain.seals import microseconds, seal
from proposals.editing.models import Epoch, FrozenVersion, Update
from proposals.editing.selectors import roots_of
from proposals.portfolio.models import Document
from workspaces.domain.refusals import RefusedError

logger = logging.getLogger(__name__)

CLOSED = "This text is complete and can be read, not changed."


class DocumentClosed(RefusedError):
    """The document is not written in any more; the message is for people."""


class AlreadyBegun(RefusedError):
    """Only a document that nobody has opened yet can be given a text to start with."""


def open_epoch(document: Document) -> Epoch:
    """The epoch the document is written in now. The first one is made here, with every section opened."""
    current = current_epoch(document)
    if current is None:
        current = _begin(document, _start(document))
    if current.closed_at is not None:
        raise DocumentClosed(CLOSED)
    return current


def seed_content(document: Document, content: Content) -> Epoch:
    """Start a document with a text. Never on top of what people wrote."""
    if current_epoch(document) is not None:
        raise AlreadyBegun("This document has been opened already, so its text stays as it is.")
    return _begin(document, content)


def current_epoch(document: Document) -> Epoch | None:
    """The newest epoch, open or closed."""
    return Epoch.objects.filter(document=document).order_by("-number").first()


def _start(document: Document) -> Content:
    """What the template takes over from the texts that were handed in at earlier stages."""
    parts = [part for part in document.template.sections.all() if part.copies]
    if not parts:
        return Content()
    earlier = FrozenVersion.objects.filter(document__proposal=document.proposal_id, closes=True)
    versions = earlier.exclude(document=document).order_by("document_id", "number")
    newest = {version.document_id: version for version in versions}
    return beginning(parts, [content_in(version.canonical) for version in newest.values()])


def _begin(document: Document, content: Content) -> Epoch:
    # The scribe works before the lock is taken: nobody waits for it in a transaction.
    roots = roots_of(document.template)
    opening = scribe.seed(content.texts, content.forms, content.registers, roots=roots)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        if (epoch := current_epoch(document)) is not None:
            return epoch
        return new_epoch(document, 1, opening)


def new_epoch(document: Document, number: int, data: bytes) -> Epoch:
    """An epoch with its first row, which the server writes. Whoever calls holds the document's lock."""
    epoch = Epoch.objects.create(document=document, number=number, head=1, size=len(data))
    now = timezone.now()
    bond = seal(log.origin_of(epoch), 1, None, at=microseconds(now), data=data)
    Update.objects.create(epoch=epoch, seq=1, data=data, by=None, at=now, seal=bond)
    return epoch
