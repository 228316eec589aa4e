"""Proposals for tests: Amara and Ben's, at its concept, and others as a test needs them."""

from django.utils import timezone

from proposals.portfolio import templates
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.models import Document, Proposal, Supporter, Template
from workspaces.models import Membership, Pair, Person


def concept_template() -> Template:
    """The concept template; loaded again where a test's database was emptied."""
    templates.load()
    template = templates.in_force(Stage.CONCEPT, timezone.localdate())
    assert template is not None
    return template


def make_proposal(
    pair: Pair, title: str = "A frailty team at the front door", reference: str = "MB-2026-001"
) -> Proposal:
    """A proposal at its concept with an empty document."""
    proposal = Proposal.objects.create(
        workspace=pair.workspace, reference=reference, title=title, pair=pair, created_by=pair.proposed_by
    )
    Document.objects.create(proposal=proposal, stage=Stage.CONCEPT, template=concept_template())
    return proposal


def make_supporter(proposal: Proposal, person: Person, role: str = Supporter.PATIENT_PARTNER) -> Supporter:
    membership = Membership.objects.get(workspace=proposal.workspace, person=person, ended_at=None)
    return Supporter.objects.create(
        proposal=proposal, membership=membership, role=role, added_by=proposal.created_by
    )
