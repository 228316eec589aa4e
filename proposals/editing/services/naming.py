"""Keeping a version at any time: people go on writing, and can come back to what it said."""

from django.db import transaction

from proposals.editing.models import FrozenVersion
from proposals.editing.services.keeping import keep, said_now
from proposals.editing.services.opening import open_epoch
from proposals.portfolio.models import Document
from workspaces import audit, notices
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person

TITLE_LENGTH = 120


class Untitled(RefusedError):
    """A version needs a name by which people find it again."""


def name_version(document: Document, title: str, *, by: Person) -> FrozenVersion:
    """Keep what the document says now under a name."""
    title = " ".join(title.split())
    if not 0 < len(title) <= TITLE_LENGTH:
        raise Untitled(f"Give the version a name of {TITLE_LENGTH} characters at most.")
    epoch = open_epoch(document)
    # What is typed while this is read and written belongs to the next version.
    content, seq = said_now(document, epoch)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        version = keep(document, epoch, content, seq=seq, by=by, title=title)
        audit.record(
            by=by,
            verb="name_version",
            target=f"proposal:{document.proposal_id}",
            workspace=document.proposal.workspace,
            stage=document.stage,
            version=version.number,
            sha256=version.sha256,
        )
        notices.publish(f"proposal.{document.proposal_id}", "version", document=document.pk)
    return version
