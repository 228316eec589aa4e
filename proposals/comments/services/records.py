"""What a deed in the margin leaves behind: an event, a hint, and an entry in the record if words changed."""

from django.utils import timezone

from proposals.comments.models import Thread, ThreadEvent
from workspaces import audit, notices
from workspaces.models import Person


def happened(thread: Thread, what: str, *, by: Person | None, **facts: object) -> None:
    """Write down what happened to the thread, by a person or by the server, and tell whoever looks at it."""
    ThreadEvent.objects.create(thread=thread, kind=what, by=by, facts=facts)
    tell(thread)


def noted(thread: Thread, verb: str, *, by: Person, **facts: object) -> None:
    """For deeds that change what was said: the record names deed, thread and document, never the words."""
    audit.record(
        by=by,
        verb=f"thread_{verb}",
        target=f"thread:{thread.pk}",
        workspace=thread.document.proposal.workspace,
        document=thread.document_id,
        **facts,
    )


def tell(thread: Thread) -> None:
    """Ids only: whoever hears it asks again and is checked again."""
    proposal = thread.document.proposal_id
    notices.publish(
        f"proposal.{proposal}", "thread", proposal=proposal, document=thread.document_id, thread=thread.pk
    )


def touch(thread: Thread, *fields: str) -> None:
    """Save these fields, and that something has changed now."""
    thread.changed_at = timezone.now()
    thread.save(update_fields=[*fields, "changed_at"])


def locked(thread: Thread) -> Thread:
    """The row as it is now, held until the atomic block ends; what hangs on it is taken along."""
    row = Thread.objects.select_for_update().get(pk=thread.pk)
    row.document, row.opened_by = thread.document, thread.opened_by
    return row
