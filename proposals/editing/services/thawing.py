"""Going on with a frozen document: a new epoch with the same history."""

from django.db import transaction

from proposals.editing import log
from proposals.editing.models import ClientBinding, Epoch
from proposals.editing.services.opening import current_epoch, new_epoch
from proposals.portfolio.models import Document
from workspaces import audit, notices
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person


class StillOpen(RefusedError):
    """Only a closed document can be opened again."""


def thaw(document: Document, *, by: Person | None) -> Epoch:
    """Open the next epoch. Its first row is all that the frozen one held, never a text written anew.

    So words keep their identity: comments stay at them, and what a page still had unsent is not doubled.
    """
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        frozen = current_epoch(document)
        if frozen is None or frozen.closed_at is None:
            raise StillOpen("This text is open already.")
        merged, _ = log.merged(frozen.pk)
        epoch = next_epoch(document, frozen, merged)
        audit.record(
            by=by,
            verb="thaw",
            target=f"proposal:{document.proposal_id}",
            workspace=document.proposal.workspace,
            stage=document.stage,
            epoch=epoch.number,
        )
        notices.publish(f"epoch.{frozen.pk}", "frozen")
        notices.publish(f"proposal.{document.proposal_id}", "thawed", document=document.pk)
    return epoch


def next_epoch(document: Document, last: Epoch, data: bytes) -> Epoch:
    """The epoch after a closed one, beginning with this; client ids keep their owners."""
    epoch = new_epoch(document, last.number + 1, data)
    ClientBinding.objects.bulk_create(
        ClientBinding(epoch=epoch, client_id=client, person_id=person)
        for client, person in log.owners(last.pk).items()
    )
    return epoch
