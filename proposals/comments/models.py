"""Threads in the margin of a document: rows beside the text, so that no edit can take them away."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from proposals.comments.domain.threads import AnchorState, How, Kind, State
from proposals.editing.models import Epoch, FrozenVersion
from proposals.portfolio.models import Document
from workspaces.models import SIDES, Committee, Person

KINDS = [(kind.value, kind.label) for kind in Kind]
STATES = [(state.value, state.label) for state in State]
HOWS = [(how.value, how.label) for how in How]
ANCHOR_STATES = [(state.value, state.label) for state in AnchorState]
ADDRESSED = [(value, label) for value, label in SIDES if value != "other"]
QUOTE_LENGTH, CONTEXT_LENGTH, BODY_LENGTH, REASON_LENGTH = 500, 32, 2_000, 300


class Thread(models.Model):
    """One conversation about a stretch of a section's text, or about the whole section."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="threads")
    # Begun on a text that was handed in, also for the committees in `audiences`.
    version = models.ForeignKey(FrozenVersion, null=True, on_delete=models.PROTECT, related_name="threads")
    section = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20, choices=KINDS)
    addressed = models.CharField(max_length=20, choices=ADDRESSED, blank=True)
    blocking = models.BooleanField(default=False, help_text="The stage is not handed in while this is open.")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_side = models.CharField(max_length=20, choices=SIDES, help_text="Whom they spoke for then.")
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(max_length=20, choices=STATES, default=State.OPEN.value)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_how = models.CharField(max_length=20, choices=HOWS, blank=True)

    anchor_state = models.CharField(max_length=20, choices=ANCHOR_STATES, default=AnchorState.SECTION.value)
    # Relative positions as Yjs writes them, and what stood between them when the thread was opened.
    start = models.JSONField(null=True)
    end = models.JSONField(null=True)
    exact = models.TextField(blank=True)
    prefix = models.CharField(max_length=CONTEXT_LENGTH, blank=True)
    suffix = models.CharField(max_length=CONTEXT_LENGTH, blank=True)
    # What stood there when it was last placed: {"exact", "prefix", "suffix", "alone"}.
    latest = models.JSONField(default=dict)
    # Where it was last placed: the text's version, and the indices in its Y.Text.
    placed_epoch = models.ForeignKey(Epoch, null=True, on_delete=models.PROTECT, related_name="+")
    placed_seq = models.BigIntegerField(default=0)
    placed_from = models.PositiveIntegerField(null=True)
    placed_to = models.PositiveIntegerField(null=True)
    # Since when the text cannot be found, and who wrote it away, before it counts as detached and after.
    missing_since = models.DateTimeField(null=True)
    missing_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    detached_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} on {self.section}"


class Audience(models.Model):
    """A committee that a thread is for: the one that had it then, and each to which it was brought up."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="audiences")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["thread", "committee"], name="one_audience")]

    def __str__(self) -> str:
        return f"{self.thread_id} for {self.committee_id}"


class Comment(models.Model):
    """One contribution to a thread. Deleted ones stay as a gap that says so."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=SIDES)
    body = models.TextField(help_text="Markdown, as it was written.")
    is_answer = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    # What a moderator has hidden is shown to nobody but its author, until it is shown again.
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    hidden_why = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_comment_number")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} comment {self.number}"

    def said_to(self, reader: Person) -> str:
        """The words, for whoever may read them: none once deleted, while hidden only its author's own."""
        kept = self.hidden_at is not None and self.by_id != reader.pk
        return "" if kept or self.deleted_at is not None else self.body


class CommentEdit(models.Model):
    """What a comment said before its author changed it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="edits")
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now, help_text="When it was replaced.")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.at}"


class ThreadEvent(models.Model):
    """What happened to a thread. Rows are only ever added."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: the server"
    )
    at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.kind}"


class Reading(models.Model):
    """Up to when somebody has read a thread. Seen by that person alone."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["thread", "person"], name="one_reading")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.thread_id}"


class Mention(models.Model):
    """Somebody was called by name, or by their side."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "person"], name="one_mention")]

    def __str__(self) -> str:
        return f"{self.comment_id} calls {self.person_id}"


class Placement(models.Model):
    """Where a document's threads stood at one seq. Like a rendering: made anew once the log has moved on."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="placement")
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    # Thread id to indices in the section's Y.Text.
    spots = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.document_id} at {self.seq}"
