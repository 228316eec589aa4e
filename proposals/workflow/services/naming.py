"""Naming the two leads who decide on a small test: either half of the pair does, among colleagues."""

from django.db import transaction
from django.utils import timezone

from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.leads import title_of, why_not_lead, why_not_replace
from proposals.portfolio.domain.stages import Route, Stage
from proposals.portfolio.models import JointLead, Proposal
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Consent
from proposals.workflow.selectors.leads import authors_of, leads_of
from proposals.workflow.services.moving import halves, permitted, say
from workspaces import audit, notices
from workspaces.domain.news import Kind
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import Membership, Person

NO_TEST = "Only a proposal on the route “Test” is decided by two leads. Others go to a committee."


@transaction.atomic
def name_lead(proposal: Proposal, side: Side, membership: Membership, *, by: Person) -> JointLead:
    """Ask a colleague to decide on the test, as clinical lead or as line manager. They read the draft from
    now on. Naming the same again changes nothing."""
    row = permitted(proposal, Ability.NAME_LEADS, by=by)
    if row.route != Route.TEST:
        raise RefusedError(NO_TEST)
    before = JointLead.objects.filter(proposal=row, side=side.value, ended_at=None).first()
    if before and before.membership_id == membership.pk:
        return before
    _refuse(row, side, membership)
    if before:
        _replace(row, side, before, by=by)
    made = JointLead.objects.create(proposal=row, side=side.value, membership=membership, named_by=by)
    person = membership.person
    _record(row, "name_lead", made, by=by)
    headline = f"{by.name} asks you to decide on the test of “{row.title}” as {title_of(side)}"
    say(row, headline, by=by, to={person.pk}, kind=Kind.ASSIGNMENT)
    say(row, f"{by.name} has named {person.name} as {title_of(side)}", by=by, to=halves(row), kind=Kind.PAIR)
    return made


def _refuse(proposal: Proposal, side: Side, membership: Membership) -> None:
    person = membership.person
    if reason := why_not_lead(
        name=person.name,
        side=Side(membership.side),
        wanted=side,
        is_member=membership.workspace_id == proposal.workspace_id and membership.ended_at is None,
        is_author=bool(authors_of(proposal, [person.pk])),
    ):
        raise RefusedError(reason)


def _replace(proposal: Proposal, side: Side, before: JointLead, *, by: Person) -> None:
    """End somebody's place; what they had said about the test goes with it."""
    person = before.membership.person
    stands = any(lead.pk == before.pk for lead in leads_of(proposal))
    has_begun = proposal.stage != Stage.CONCEPT
    if stands and (reason := why_not_replace(person.name, wanted=side, has_begun=has_begun)):
        raise RefusedError(reason)
    before.ended_at = timezone.now()
    before.save(update_fields=["ended_at"])
    words = Consent.objects.filter(proposal=proposal, by=person, ended_at=None)
    words.filter(move__in=[Move.TEST.value, Move.CONCLUDE.value]).update(ended_at=before.ended_at)
    _record(proposal, "end_lead", before, by=by)
    say(proposal, f"You are no longer asked to decide on “{proposal.title}”", by=by, to={person.pk})


def _record(proposal: Proposal, verb: str, lead: JointLead, *, by: Person) -> None:
    person = lead.membership.person
    audit.record(
        by=by,
        verb=verb,
        target=f"proposal:{proposal.pk}",
        workspace=proposal.workspace,
        person=person.name,
        side=lead.side,
    )
    notices.publish(f"person.{person.pk}", "lead", proposal=proposal.pk)
    notices.publish(f"proposal.{proposal.pk}", verb, proposal=proposal.pk)
