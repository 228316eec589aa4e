"""Hiding what somebody said, with a reason that stands in its place, and showing it again."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from proposals.comments.models import Comment
from proposals.comments.services.records import locked, noted, tell, touch
from proposals.comments.services.telling import target_of, tell_author
from proposals.portfolio.access import Access
from proposals.portfolio.domain.abilities import Ability
from workspaces import services as people
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person

NO_REASON = "Say why this is hidden: everybody reads it in place of the comment."
GONE = "This comment has been deleted."
OWN = "This is your own comment: you can change or delete it."


@transaction.atomic
def hide_comment(access: Access, comment: Comment, why: str, *, by: Person) -> Comment:
    """Nobody but its author reads the words any more, in no place; the author is told, with the reason."""
    row = _moderated(access, comment, by=by)
    if not why.strip():
        raise RefusedError(NO_REASON)
    if row.hidden_at is not None:
        return row
    row.hidden_at, row.hidden_by, row.hidden_why = timezone.now(), by, why.strip()
    row.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
    people.take_back(target_of(row.thread), row.number)
    tell_author(row, f"{by.name} hides what you wrote", row.hidden_why, by=by)
    _left_behind(row, "hid", by=by)
    return row


@transaction.atomic
def show_comment(access: Access, comment: Comment, *, by: Person) -> Comment:
    """Everybody reads it again. That it was hidden, when and by whom stays in the record."""
    row = _moderated(access, comment, by=by)
    if row.hidden_at is None:
        return row
    row.hidden_at, row.hidden_by, row.hidden_why = None, None, ""
    row.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
    tell_author(row, f"{by.name} shows again what you wrote", by=by)
    _left_behind(row, "showed", by=by)
    return row


def may_moderate(access: Access) -> None:
    """Refuse whoever does not moderate here, before anything they sent is looked at."""
    grant = access.grants[Ability.MODERATE]
    if not grant.allowed:
        raise PermissionDenied(grant.reason)


def _moderated(access: Access, comment: Comment, *, by: Person) -> Comment:
    may_moderate(access)
    thread = locked(comment.thread)
    row = Comment.objects.select_for_update().select_related("by").get(pk=comment.pk)
    row.thread = thread
    if row.by_id == by.pk:
        raise RefusedError(OWN)
    if row.deleted_at is not None:
        raise RefusedError(GONE)
    return row


def _left_behind(row: Comment, verb: str, *, by: Person) -> None:
    touch(row.thread)
    noted(row.thread, verb, by=by, comment=row.number, why=row.hidden_why)
    tell(row.thread)
