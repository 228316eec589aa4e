"""Going on without rows that nobody can read: a new epoch with the rest. The old one keeps the bytes."""

from django.db import transaction
from django.utils import timezone

from proposals.editing import log, quarantine, scribe
from proposals.editing.models import Epoch, Quarantine
from proposals.editing.services.opening import open_epoch
from proposals.editing.services.thawing import next_epoch
from proposals.portfolio.models import Document
from workspaces import audit, notices
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person


class NothingHeld(RefusedError):
    """There is nothing to leave out; the message is for people."""


def leave_out(document: Document, *, by: Person | None) -> Epoch:
    """Close the epoch and open the next one with what can be read. People can write again."""
    epoch = open_epoch(document)
    if not quarantine.is_held(epoch.pk):
        raise NothingHeld("No part of this text is set aside.")
    # The scribe works before the lock is taken. What builds on the rows that are left out goes with them.
    rest = scribe.whole([data for _, data in log.readable(epoch.pk)])
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        if log.close(epoch.pk) != epoch.head:
            raise NothingHeld("Somebody wrote, or closed the text, at this moment. Please try again.")
        following = next_epoch(document, epoch, rest)
        Quarantine.objects.filter(epoch=epoch, ended_at=None).update(ended_at=timezone.now())
        audit.record(
            by=by,
            verb="leave_out",
            target=f"proposal:{document.proposal_id}",
            workspace=document.proposal.workspace,
            stage=document.stage,
            epoch=following.number,
        )
        notices.publish(f"epoch.{epoch.pk}", "frozen")
        notices.publish(f"proposal.{document.proposal_id}", "thawed", document=document.pk)
    return following
