"""What a committee decided on which frozen version, and the conditions it set."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from proposals.editing.models import FrozenVersion
from proposals.portfolio.models import STAGES, Proposal
from proposals.review.domain.kinds import KINDS, OUTCOMES, Kind, Outcome, Permission
from workspaces.models import Committee, Person


class Decision(models.Model):
    """A committee's word on a proposal. It stands on one version, whose hash says what was read."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    version = models.ForeignKey(FrozenVersion, on_delete=models.PROTECT, related_name="decisions")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=20, choices=STAGES)
    kind = models.CharField(max_length=30, choices=KINDS)
    reasons = models.TextField()
    chaired_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # What the kind asks for besides: domain/decisions.py says which.
    permissions = models.JSONField(default=list, blank=True)  # for a concept: "test", "case"
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)  # for an evaluation
    # Of a change that goes on: when its effect is looked at again.
    review_on = models.DateField(null=True, blank=True)
    changes = models.JSONField(default=list, blank=True)  # sentences: what has to change
    awaited = models.CharField(max_length=500, blank=True)
    awaited_on = models.DateField(null=True, blank=True)
    # The cost over the whole life and the limits of that day, in whole pounds; `within` is null if not asked.
    limit_check = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.proposal.reference}: {self.kind}"

    @property
    def heading(self) -> str:
        """“Approved with conditions”; after an evaluation, what becomes of the change."""
        said = Kind(self.kind)
        if not self.outcome or not said.approves:
            return said.past
        besides = " with conditions" if said is Kind.APPROVE_WITH_CONDITIONS else ""
        return Outcome(self.outcome).past + besides

    @property
    def allows(self) -> list[str]:
        """What the pair may do next, in words."""
        return [Permission(each).label for each in self.permissions]

    @property
    def becomes(self) -> str:
        return Outcome(self.outcome).label if self.outcome else ""


class Condition(models.Model):
    """Something that has to be done, by whom and by when; met once, on evidence."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conditions")
    due = models.DateField()
    before_start = models.BooleanField(
        default=False, help_text="The change may not go live before it is met."
    )
    evidence = models.TextField(blank=True)
    discharged_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    discharged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["decision", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "number"], name="one_condition_number"),
            models.CheckConstraint(
                condition=models.Q(discharged_at=None, discharged_by=None)
                | models.Q(discharged_at__isnull=False, discharged_by__isnull=False) & ~models.Q(evidence=""),
                name="met_on_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: condition {self.number}"

    @property
    def is_overdue(self) -> bool:
        return self.discharged_at is None and self.due < timezone.localdate()
