"""The record of what people did: one function, one row, in the same atomic block as the deed."""

from workspaces.models import AuditEntry, Person, Workspace


def record(
    *, by: Person | None, verb: str, target: str, workspace: Workspace | None = None, **facts: object
) -> AuditEntry:
    """Write down that `by` did `verb` to `target` ("pair:7"). Facts are plain JSON values.

    Never called for typing or presence: who writes when is nobody's business (promise 9).
    """
    return AuditEntry.objects.create(by=by, verb=verb, target=target, workspace=workspace, facts=facts)
