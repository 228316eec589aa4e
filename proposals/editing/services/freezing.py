"""Freezing a document: people finish their sentence, the epoch is closed, what it said is kept for good."""

import time

from django.db import connection, transaction

from proposals.editing import log, quarantine
from proposals.editing.domain.content import Content
from proposals.editing.faults import die_at
from proposals.editing.models import Epoch, FrozenVersion
from proposals.editing.services.keeping import Unreadable, keep, said_now
from proposals.editing.services.opening import CLOSED, DocumentClosed, current_epoch, open_epoch
from proposals.portfolio.models import Document
from workspaces import audit, notices
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person

# How long people's last words are waited for: until none has come for a while, but never longer than this.
PATIENCE = 2.0
QUIET = 0.4
LOOK = 0.05


class Unfreezable(RefusedError):
    """The text could not be read, so it was not closed either; the message is for people."""


def freeze(document: Document, *, by: Person | None, patience: float = PATIENCE) -> FrozenVersion:
    """Close the document's epoch at one exact head, and keep what it says there. All of it, or nothing."""
    if not connection.in_atomic_block:
        settle(document, patience=patience)
    epoch = open_epoch(document)
    try:
        version = _close(document, epoch, by)
    except BaseException:
        notices.publish(f"epoch.{epoch.pk}", "unfrozen")
        raise
    return version


def settle(document: Document, *, patience: float = PATIENCE) -> None:
    """Let people finish their sentence: for whoever freezes in a transaction of their own, before it."""
    epoch = open_epoch(document)
    notices.publish(f"epoch.{epoch.pk}", "freezing")
    _wait_for_quiet(epoch, patience)


def resume(document: Document) -> None:
    """Tell the pages that wait that the text stays open after all."""
    epoch = open_epoch(document)
    notices.publish(f"epoch.{epoch.pk}", "unfrozen")


def shut(document: Document) -> None:
    """Close a text that is not handed in and that nobody goes on with. No version is made of it."""
    epoch = current_epoch(document)
    if epoch is not None and log.close(epoch.pk) is not None:
        _tell(document, epoch)


def _tell(document: Document, epoch: Epoch) -> None:
    """Those who have it open, and the pages about the proposal."""
    notices.publish(f"epoch.{epoch.pk}", "frozen")
    notices.publish(f"proposal.{document.proposal_id}", "frozen", document=document.pk)


def _wait_for_quiet(epoch: Epoch, patience: float) -> None:
    """Pages have been asked to send what they have: wait until nothing more comes in."""
    end = time.monotonic() + patience
    head, since = -1, time.monotonic()
    while (now := time.monotonic()) < end and now - since < QUIET:
        newest = Epoch.objects.values_list("head", flat=True).get(pk=epoch.pk)
        if newest != head:
            head, since = newest, now
        time.sleep(LOOK)


def _close(document: Document, epoch: Epoch, by: Person | None) -> FrozenVersion:
    # Read once before anybody has to wait for it: usually nothing has changed when the epoch is closed.
    content, read = _content(document, epoch)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        head = log.close(epoch.pk)
        if head is None:
            raise DocumentClosed(CLOSED)
        die_at("mid-freeze")
        if head != read:
            # Writers of this document wait for the scribe here, for as long as it may take at most.
            content, head = _content(document, epoch)
        version = keep(document, epoch, content, seq=head, by=by, closes=True)
        audit.record(
            by=by,
            verb="freeze",
            target=f"proposal:{document.proposal_id}",
            workspace=document.proposal.workspace,
            stage=document.stage,
            version=version.number,
            sha256=version.sha256,
        )
        _tell(document, epoch)
    return version


def _content(document: Document, epoch: Epoch) -> tuple[Content, int]:
    if quarantine.is_held(epoch.pk):
        raise Unfreezable(quarantine.HELD)
    try:
        return said_now(document, epoch)
    except Unreadable as trouble:
        raise Unfreezable(
            "This text could not be read just now, so it stays open. Please try again in a minute."
        ) from trouble
