"""What people say in a thread: replies and answers, second thoughts, and that they have read it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from proposals.comments.domain.threads import Act, State
from proposals.comments.models import Comment, CommentEdit, Mention, Reading, Thread
from proposals.comments.services.calling import call
from proposals.comments.services.records import happened, locked, noted, tell, touch
from proposals.comments.services.telling import has_read, target_of, tell_called, tell_said
from proposals.comments.services.threads import refuse_unless, side_of
from proposals.portfolio.access import Access
from workspaces import services as people
from workspaces.domain.refusals import RefusedError
from workspaces.models import Person

NOT_YOURS = "Only whoever wrote a comment can change or delete it."
GONE = "This comment has been deleted."
HIDDEN = "A moderator has hidden this comment. It can be deleted, but not changed."


@transaction.atomic
def reply(
    access: Access, thread: Thread, body: str, *, by: Person, answers: bool = False
) -> tuple[Comment, list[str]]:
    """Say something in a thread; with `answers`, it is the answer to what was asked."""
    row = locked(thread)
    if answers:
        refuse_unless(access, row, Act.ANSWER, by=by)
    newest = Comment.objects.filter(thread=row).aggregate(newest=Max("number"))["newest"] or 0
    comment = Comment.objects.create(
        thread=row, number=newest + 1, by=by, side=side_of(access), body=body, is_answer=answers
    )
    has_read(row, by=by)
    called = call(comment, access.document.proposal, by=by)
    tell_said(row, comment, called, by=by)
    if answers:
        row.state, row.settled_by, row.settled_at = State.ANSWERED.value, by, comment.at
        row.settled_how = ""
        touch(row, "state", "settled_by", "settled_at", "settled_how")
    else:
        touch(row)
    happened(row, "answered" if answers else "replied", by=by, comment=comment.number)
    return comment, called.unheard


@transaction.atomic
def edit_comment(access: Access, comment: Comment, body: str, *, by: Person) -> tuple[Comment, list[str]]:
    """Say it in other words. What was said before stays to be read."""
    row, thread = _own(comment, by=by)
    if row.hidden_at is not None:
        raise RefusedError(HIDDEN)
    if row.body == body:
        return row, []
    CommentEdit.objects.create(comment=row, body=row.body)
    row.body, row.edited_at = body, timezone.now()
    row.save(update_fields=["body", "edited_at"])
    people.reword(target_of(thread), row.number, body)
    called = call(row, access.document.proposal, by=by, again=True)
    tell_called(row, called, by=by)
    touch(thread)
    noted(thread, "edited", by=by, comment=row.number)
    tell(thread)
    return row, called.unheard


@transaction.atomic
def delete_comment(comment: Comment, *, by: Person) -> Comment:
    """Take back what one said. A gap stays, and nobody else's words go with it."""
    row, thread = _own(comment, by=by)
    row.deleted_at = timezone.now()
    row.save(update_fields=["deleted_at"])
    Mention.objects.filter(comment=row).delete()
    people.take_back(target_of(thread), row.number)
    touch(thread)
    noted(thread, "deleted", by=by, comment=row.number)
    tell(thread)
    return row


def mark_read(thread: Thread, upto: datetime | None = None, *, by: Person) -> None:
    """Remember that somebody has read a thread, for them alone: nobody else is told."""
    seen = min(upto, timezone.now()) if upto else timezone.now()
    _, made = Reading.objects.get_or_create(thread=thread, person=by, defaults={"seen_at": seen})
    if not made:
        Reading.objects.filter(thread=thread, person=by, seen_at__lt=seen).update(seen_at=seen)
    people.read_about(target_of(thread), seen, by=by)


def refuse_unless_own(comment: Comment, *, by: Person) -> None:
    """Only its author, and only while it is there."""
    if comment.by_id != by.pk:
        raise PermissionDenied(NOT_YOURS)
    if comment.deleted_at is not None:
        raise RefusedError(GONE)


def _own(comment: Comment, *, by: Person) -> tuple[Comment, Thread]:
    thread = locked(comment.thread)
    row = Comment.objects.select_related("by").get(pk=comment.pk)
    row.thread = thread
    refuse_unless_own(row, by=by)
    return row, thread
