"""The record of what people did: one function, one row, in the same atomic block as the deed."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from workspaces.domain.chain import Link, fault, seal
from workspaces.models import AuditEntry, AuditHead, Person, Workspace


@transaction.atomic(savepoint=False)
def record(
    *, by: Person | None, verb: str, target: str, workspace: Workspace | None = None, **facts: object
) -> AuditEntry:
    """Write down that `by` did `verb` to `target` ("pair:7"). Facts are plain JSON values.

    Never called for typing or presence: who writes when is nobody's business (promise 9). Each workspace has
    its own chain of entries; its end is locked until the deed is committed, so that deeds queue up there.
    """
    head = _head(workspace)
    link = Link(
        number=head.number + 1,
        previous=head.seal,
        at=timezone.now(),
        by=by.pk if by else None,
        workspace=workspace.pk if workspace else None,
        verb=verb,
        target=target,
        facts=facts,
    )
    entry = AuditEntry.objects.create(
        head=head,
        number=link.number,
        previous=link.previous,
        seal=seal(link),
        at=link.at,
        by=by,
        workspace=workspace,
        verb=verb,
        target=target,
        facts=facts,
    )
    head.number, head.seal = entry.number, entry.seal
    head.save(update_fields=["number", "seal"])
    return entry


def broken_chains() -> Iterator[tuple[AuditHead, str]]:
    """Follow every chain to its end; each with an empty string, or what names its first break."""
    for head in AuditHead.objects.order_by("pk"):
        entries = AuditEntry.objects.filter(head=head).order_by("number").iterator(chunk_size=2000)
        yield head, fault(((_link(entry), entry.seal) for entry in entries), (head.number, head.seal))


def _link(entry: AuditEntry) -> Link:
    return Link(
        number=entry.number,
        previous=entry.previous,
        at=entry.at,
        by=entry.by_id,
        workspace=entry.workspace_id,
        verb=entry.verb,
        target=entry.target,
        facts=entry.facts,
    )


def _head(workspace: Workspace | None) -> AuditHead:
    """The end of the workspace's chain, locked; deeds outside any workspace share one chain."""
    chain = f"workspace:{workspace.pk}" if workspace else "elsewhere"
    locked = AuditHead.objects.select_for_update()
    return locked.filter(chain=chain).first() or locked.get_or_create(chain=chain)[0]
