"""Who confirmed and signed which words, what was handed in, and every move a proposal has made."""

from typing import ClassVar

from django.db import models

from proposals.editing.models import FrozenVersion
from proposals.portfolio.models import ROUTES, STAGES, STATUSES, Document, Proposal
from proposals.workflow.domain.moves import Move
from workspaces.models import SIDES, Committee, Person

MOVES = [(move.value, move.value.replace("_", " ")) for move in Move]


class SectionCopy(models.Model):
    """What a section said when somebody confirmed it; kept once, under the hash of what it says."""

    sha256 = models.CharField(max_length=64, unique=True)
    canonical = models.TextField()

    def __str__(self) -> str:
        return self.sha256


class Confirmation(models.Model):
    """“I have read this and can defend it”: one person on exactly these words. Never deleted."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="confirmations")
    section = models.SlugField(max_length=40)
    copy = models.ForeignKey(SectionCopy, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=20, choices=SIDES)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "section", "copy", "by", "side"], name="one_confirmation_of_these_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.section}"


class SignOff(models.Model):
    """One half's yes to the whole text of a stage, by its hash. It holds for that text and no other."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signoffs")
    sha256 = models.CharField(max_length=64)
    side = models.CharField(max_length=20, choices=SIDES)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "sha256", "by", "side"], name="one_signature_of_this_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.document}"


class Submission(models.Model):
    """A signed text, frozen and handed to whoever decides."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="submissions")
    version = models.OneToOneField(FrozenVersion, on_delete=models.PROTECT, related_name="submission")
    committee = models.ForeignKey(Committee, null=True, on_delete=models.PROTECT, related_name="submissions")
    route = models.CharField(max_length=1, choices=ROUTES)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.proposal.reference} {self.version.number}"


class Listing(models.Model):
    """When a submission is to be discussed. The newest counts; a meeting with an agenda comes later."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="listings")
    meets_on = models.DateField()
    papers_by = models.DateField()
    late_consent = models.TextField(blank=True, help_text="Why the chair lets the paper in late.")
    consented_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.submission} on {self.meets_on}"


class Transition(models.Model):
    """A move that was made. Rows are only ever added."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="transitions")
    move = models.CharField(max_length=30, choices=MOVES)
    number = models.PositiveSmallIntegerField(help_text="in the table of moves")
    from_stage = models.CharField(max_length=20, choices=STAGES)
    from_status = models.CharField(max_length=20, choices=STATUSES)
    to_stage = models.CharField(max_length=20, choices=STAGES)
    to_status = models.CharField(max_length=20, choices=STATUSES)
    # The text it is about, where it is about one.
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="empty: the server"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "move", "sha256"],
                condition=models.Q(move__in=["ready", "sign"]),
                name="ready_and_signed_once_a_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal.reference} {self.move}"


class Consent(models.Model):
    """One person's part of a move that takes two: the other one's yes to the same makes it happen."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="consents")
    move = models.CharField(max_length=30, choices=MOVES)
    terms = models.JSONField(default=dict)  # what exactly is agreed to: a day, a reason, a hash
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, help_text="When it was used, taken back or overtaken.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "move", "by"],
                condition=models.Q(ended_at=None),
                name="one_open_consent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by} to {self.move}"


class Plan(models.Model):
    """What a case promised to measure, fixed at its approval. A later one says why it stands instead."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="plans")
    version = models.ForeignKey(FrozenVersion, on_delete=models.PROTECT, related_name="+")
    measures = models.JSONField(default=list)
    expected = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.proposal.reference} plan {self.pk}"


class Launch(models.Model):
    """The day a change went live, and when its effect on patients is looked at."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="launches")
    live_on = models.DateField()
    review_on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.proposal.reference} live on {self.live_on}"


class Reconsideration(models.Model):
    """The one request to look again at a decline, on the process or on a new fact."""

    GROUNDS: ClassVar = [("process", "Something in the process"), ("new_fact", "A new fact")]
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="reconsideration")
    ground = models.CharField(max_length=20, choices=GROUNDS)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # Filled in by the chair of the committee above.
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.proposal.reference}: {self.ground}"


class Retention(models.Model):
    """How long closed proposals are kept before they are archived, from a day on."""

    years = models.PositiveSmallIntegerField()
    valid_from = models.DateField(unique=True)
    source = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.years} years from {self.valid_from}"
