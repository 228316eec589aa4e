"""What a proposal is: reference, stage and pair, the template it follows and a document for each stage."""

from typing import ClassVar

from django.db import models

from proposals.portfolio.domain.routes import Level
from proposals.portfolio.domain.stages import Route, Stage, Status
from workspaces.models import SIDES, Committee, Membership, Organisation, Pair, Person, Workspace

STAGES = [(stage.value, stage.label) for stage in Stage]
STATUSES = [(status.value, status.label) for status in Status]
ROUTES = [(route.value, route.label) for route in Route]


def every_route() -> list[str]:
    """All routes: what a required section is required on unless its template says otherwise."""
    return [route.value for route in Route]


class Template(models.Model):
    """The sections of one stage, as dated data. A published version never changes."""

    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="templates",
        help_text="Whose it is; empty: everybody's.",
    )
    stage = models.CharField(max_length=20, choices=STAGES)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    valid_from = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stage", "version"],
                condition=models.Q(organisation=None),
                name="one_template_version",
            ),
            models.UniqueConstraint(
                fields=["organisation", "stage", "version"], name="one_template_version_of_ours"
            ),
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
    prose_required = models.BooleanField(default=True)
    # As domain/question.py reads them from a template file. Empty: no form.
    fields = models.JSONField(default=list, blank=True)
    # The same shape, one entry for each column; empty: no register
    columns = models.JSONField(default=list, blank=True)
    min_rows = models.PositiveSmallIntegerField(default=0)
    # {"B": 2}: routes that ask for another number of rows.
    min_rows_on = models.JSONField(default=dict, blank=True)
    max_rows = models.PositiveSmallIntegerField(null=True, blank=True)
    # The section of the stage before whose rows and answers this one starts from.
    copies = models.SlugField(max_length=40, blank=True)
    drawing = models.CharField(max_length=20, blank=True, help_text="tree: the rows are also drawn as a tree")

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


class JointLead(models.Model):
    """One of the two who decide on a small test together: clinical lead and line manager, not the authors."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="leads")
    side = models.CharField(max_length=20, choices=SIDES)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="leads")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "side"], condition=models.Q(ended_at=None), name="one_joint_lead_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership.person} for {self.proposal.reference}"


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


class Triage(models.Model):
    """How big an idea is: six answers, the route they suggest and the route it takes. The newest counts."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="triages")
    # As domain/routes.py writes them; empty: the secretary changed the route.
    answers = models.JSONField(default=dict)
    suggested = models.CharField(max_length=1, choices=ROUTES, blank=True)
    route = models.CharField(max_length=1, choices=ROUTES)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.proposal.reference} {self.route}"


class DelegationLimit(models.Model):
    """Up to what sum somebody may decide, from a day on. Sums are those of a scheme's whole life."""

    LEVELS: ClassVar = [(level.value, level.label) for level in Level]
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="limits",
        help_text="Empty: for everybody who has none of their own.",
    )
    level = models.CharField(max_length=20, choices=LEVELS)
    revenue = models.PositiveBigIntegerField(help_text="pounds")
    capital = models.PositiveBigIntegerField(help_text="pounds")
    valid_from = models.DateField()
    source = models.CharField(max_length=300, help_text="Where the limit is laid down.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["level", "valid_from"],
                condition=models.Q(organisation=None),
                name="one_limit_a_day",
            ),
            models.UniqueConstraint(
                fields=["organisation", "level", "valid_from"], name="one_limit_a_day_of_ours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} from {self.valid_from}"
