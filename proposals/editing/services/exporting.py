"""Taking a text out of coprod: from then on it is beyond our reach, so the record keeps who took it."""

from django.db import transaction

from proposals.portfolio.models import Document
from workspaces import audit
from workspaces.models import Person


@transaction.atomic
def export(document: Document, form: str, *, by: Person) -> None:
    """Record that somebody takes the document away; `form` says as what ("markdown"). Not in the history."""
    audit.record(
        by=by,
        verb="export",
        target=f"proposal:{document.proposal_id}",
        workspace=document.proposal.workspace,
        stage=document.stage,
        form=form,
    )
