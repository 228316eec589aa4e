"""What people are told, how they want to hear of it, and each mail that leaves the house."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from workspaces.domain.post import State
from workspaces.models.people import Person, Workspace

STATES = [(state.value, state.value.title()) for state in State]


class Mail(models.Model):
    """One mail to one address. Written with what it tells, in one atomic block; it leaves afterwards."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, help_text="Its Message-ID, the same each time.")
    to = models.EmailField()
    subject = models.CharField(max_length=300, blank=True)
    # Empty when made of news, which is put into words when it leaves; and emptied once it has left.
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=20, choices=STATES, default=State.WAITING.value)
    leaves_at = models.DateTimeField(default=timezone.now, help_text="Not before this.")
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.UUIDField(null=True, blank=True, help_text="Which sender has it in hand.")
    sent_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it has not left.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "leaves_at"], name="mail_due")]

    def __str__(self) -> str:
        return f"mail {self.pk} to {self.to}"


class News(models.Model):
    """Something one person is told, kept until they have read it. Who may see it is asked again each time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="news")
    # One of domain.news.Kind; not listed here, or each new kind would be a migration.
    kind = models.CharField(max_length=20)
    headline = models.CharField(max_length=300)
    text = models.TextField(blank=True, help_text="Markdown, as it was written.")
    url = models.CharField(max_length=300, help_text="Path of the page it leads to.")
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # Proposals live above this floor, and no foreign key points up. 0: about no proposal.
    proposal = models.BigIntegerField(default=0)
    workspace = models.ForeignKey(Workspace, null=True, on_delete=models.PROTECT, related_name="+")
    draft = models.BooleanField(default=False, help_text="Only for those who may read the draft.")
    version = models.BooleanField(default=False, help_text="Also for those who read what was handed in.")
    target = models.CharField(max_length=60, blank=True, help_text='What it came from, as "thread:7".')
    part = models.PositiveIntegerField(default=0, help_text="Which part of it, as the number of a comment.")
    urgent = models.BooleanField(null=True, help_text="Empty: as its kind is.")
    read_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    # Whether e-mail about it is still to be decided; then, the mail it went into, if any.
    pending = models.BooleanField(default=True)
    mail = models.ForeignKey(Mail, null=True, on_delete=models.PROTECT, related_name="news")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-at"], name="news_of_person"),
            # The header of every page counts these.
            models.Index(fields=["person", "read_at"], name="news_unread"),
            models.Index(fields=["target", "part"], name="news_from"),
            models.Index(fields=["at"], condition=Q(pending=True), name="news_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class Preference(models.Model):
    """How somebody wants to hear of news; what is not said here is as usual."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="preference")
    by_email = models.BooleanField(default=True)
    # Kind to way: {"reply": "app"}.
    ways = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"how {self.person_id} hears of news"


class Mute(models.Model):
    """Somebody wants no e-mail about one proposal."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mutes")
    proposal = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "proposal"], name="one_mute")]

    def __str__(self) -> str:
        return f"{self.person_id} hears nothing of {self.proposal} by e-mail"
