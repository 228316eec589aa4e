"""Bringing back what a version said, as an edit like any other, on top of what everybody writes."""

import secrets
from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from proposals.editing import log, quarantine, scribe
from proposals.editing.domain.canonical import content_in
from proposals.editing.domain.merging import Unmergeable
from proposals.editing.models import Epoch, FrozenVersion
from proposals.editing.selectors import roots_of
from proposals.editing.services.keeping import Unreadable
from proposals.editing.services.opening import CLOSED, DocumentClosed, open_epoch
from proposals.portfolio.models import Document
from workspaces import audit, notices
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person

# Ids below are the server's own; above, browsers do not count.
FIRST_CLIENT, LAST_CLIENT = 3, 2**32 - 1
SECONDS = 20.0


class Unrestorable(RefusedError):
    """Nothing was brought back; the message is for people."""


def restore(
    document: Document, version: FrozenVersion, *, by: Person, sections: Collection[str] | None = None
) -> int:
    """Make these sections, or all, say again what they said: the seq of the edit. Never in a transaction.

    The edit goes through the log under a client id of its own that belongs to `by`, and asks for the right to
    write like any other. What others type meanwhile stays.
    """
    epoch = open_epoch(document)
    if quarantine.is_held(epoch.pk):
        raise Unrestorable(quarantine.HELD)
    roots = _roots(document, version, sections)
    client = _unused_client(epoch)
    try:
        merged, _ = log.merged(epoch.pk)
        update = scribe.restore(merged, content_in(version.canonical), roots=roots, client=client)
    except (scribe.ScribeFailed, Unmergeable) as trouble:
        raise Unreadable("This text could not be read just now. Please try again in a minute.") from trouble
    if not update:
        raise Unrestorable("The text says this already, so there is nothing to bring back.")
    if epoch.size + len(update) > settings.ENGINE["DOCUMENT_BYTES"]:
        raise Unrestorable("This document has reached its largest size. Shorten something first.")
    seq = _append(epoch, log.Line(by.pk, update, frozenset({client})))
    _tell(document, version, by=by, seq=seq)
    # The rooms of this process look at once; without this they would at their next look at the log.
    notices.publish(f"epoch.{epoch.pk}", "advanced", seq=seq)
    return seq


def _roots(document: Document, version: FrozenVersion, sections: Collection[str] | None) -> frozenset[str]:
    chosen = version.template.sections.all()
    if sections is not None:
        chosen = chosen.filter(key__in=sections)
    roots = frozenset(root for section in chosen for root in section.roots) & roots_of(document.template)
    if not roots:
        raise Unrestorable("Choose at least one part to bring back.")
    return roots


def _unused_client(epoch: Epoch) -> int:
    owners = log.owners(epoch.pk)
    while (client := FIRST_CLIENT + secrets.randbelow(LAST_CLIENT - FIRST_CLIENT)) in owners:
        pass
    return client


def _append(epoch: Epoch, line: log.Line) -> int:
    outcome = log.append([log.Batch(epoch.pk, (line,))]).result(SECONDS)[0]
    if outcome.closed:
        raise DocumentClosed(CLOSED)
    if outcome.barred:
        raise Unrestorable("You can no longer write here, so nothing was brought back.")
    if not outcome.stored:
        raise Unrestorable("This could not be saved just now. Please try again.")
    return outcome.head


def _tell(document: Document, version: FrozenVersion, *, by: Person, seq: int) -> None:
    with transaction.atomic():
        audit.record(
            by=by,
            verb="restore",
            target=f"proposal:{document.proposal_id}",
            workspace=document.proposal.workspace,
            stage=document.stage,
            version=version.number,
            seq=seq,
        )
        notices.publish(
            f"proposal.{document.proposal_id}",
            "restored",
            document=document.pk,
            version=version.number,
            by=by.pk,
        )
