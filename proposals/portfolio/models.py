"""What a proposal is: reference, stage and pair, the template it follows and a document for each stage."""

from typing import ClassVar

from django.db import models

from proposals.portfolio.domain.stages import Route, Stage, Status
from workspaces.models import SIDES, Committee, Membership, Pair, Person, Workspace

STAGES = [(stage.value, stage.label) for stage in Stage]
STATUSES = [(status.value, status.label) for status in Status]
ROUTES = [(route.value, route.label) for route in Route]


def every_route() -> list[str]:
    """All routes: what a required section is required on unless its template says otherwise."""
    return [route.value for route in Route]


class Template(models.Model):
    """The sections of one stage, as dated data. A published version never changes."""

    stage = models.CharField(max_length=20, choices=STAGES)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    valid_from = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stage", "version"], name="one_template_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Section(models.Model):
    """One part of a template: prose, and perhaps a register (table) or a form (single fields) beside it."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    prompt = models.TextField(help_text="A question to the writers, in plain words.")
    help = models.TextField(blank=True)
    lead = models.CharField(max_length=20, choices=[*SIDES, ("both", "Both")])
    required = models.BooleanField(default=True)
    # Where `required` holds, the routes on which it does.
    routes = models.JSONField(default=every_route)
    # The half that must confirm this section even where it is optional, since the other half leads it.
    crossed = models.CharField(max_length=20, choices=SIDES, blank=True)
    word_limit = models.PositiveIntegerField(null=True, blank=True)
    has_prose = models.BooleanField(default=True)
    # [{"key", "label", "hint", "kind": "text|longtext|number|date|choice", "choices": [[value, label]...]}]
    # Empty: no form.
    fields = models.JSONField(default=list, blank=True)
    # The same shape, one entry for each column; empty: no register
    columns = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["template", "key"], name="one_section_key")]

    def __str__(self) -> str:
        return self.title

    @property
    def roots(self) -> list[str]:
        """The names under which this section lives in a shared document."""
        return [
            *([f"t:{self.key}"] if self.has_prose else []),
            *([f"f:{self.key}"] if self.fields else []),
            *([f"r:{self.key}"] if self.columns else []),
        ]


class Proposal(models.Model):
    """One idea, from concept to closed. Only `workflow` moves its stage and status."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="proposals")
    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=160)
    stage = models.CharField(max_length=20, choices=STAGES, default=Stage.CONCEPT.value)
    status = models.CharField(max_length=20, choices=STATUSES, default=Status.DRAFTING.value)
    route = models.CharField(max_length=1, choices=ROUTES, blank=True, help_text="empty: not chosen yet")
    committee = models.ForeignKey(
        Committee,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
        help_text="Who decides; its members see what was submitted.",
    )
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="proposals")
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class Supporter(models.Model):
    """A person beside the pair: the patient partner (third voice), a coach, or somebody who reads along."""

    PATIENT_PARTNER = "patient_partner"
    COACH = "coach"
    READER = "reader"
    ROLES: ClassVar = [(PATIENT_PARTNER, "Patient partner"), (COACH, "Coach"), (READER, "Reader")]
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="supporters")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="supports")
    role = models.CharField(max_length=20, choices=ROLES)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "membership", "role"], name="one_supporter_role")
        ]

    def __str__(self) -> str:
        return f"{self.membership.person}, {self.role}"


class Document(models.Model):
    """The shared text of a proposal at one stage, stamped with the template version it follows."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="documents")
    stage = models.CharField(max_length=20, choices=STAGES)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "stage"], name="one_document_a_stage")
        ]

    def __str__(self) -> str:
        return f"{self.proposal.reference} {self.stage}"
