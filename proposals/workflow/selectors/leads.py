"""Who decides on a small test: the two leads, who else could be one, and who has written and so cannot."""

from collections.abc import Iterable

from django.db.models import QuerySet

from proposals.editing.models import Update
from proposals.portfolio.domain.stages import Route
from proposals.portfolio.models import JointLead, Proposal
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Confirmation, Consent, SignOff
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership
from workspaces.selectors import colleagues


def leads_of(proposal: Proposal) -> list[JointLead]:
    """The two who decide on a test together; only such a route has any, and nobody who has written."""
    if proposal.route != Route.TEST:
        return []
    found = JointLead.objects.filter(proposal=proposal, ended_at=None, membership__ended_at=None)
    named = list(found.select_related("membership__person").order_by("side"))
    authors = authors_of(proposal, [lead.membership.person_id for lead in named]) if named else set()
    return [lead for lead in named if lead.membership.person_id not in authors]


def candidates(proposal: Proposal, side: Side) -> QuerySet[Membership]:
    """Members of that side who have written nothing here, by name."""
    members = colleagues(proposal.workspace, side=side).filter(person__is_active=True)
    authors = authors_of(proposal, members.order_by().values_list("person", flat=True))
    return members.exclude(person__in=authors)


def authors_of(proposal: Proposal, people: Iterable[int]) -> set[int]:
    """Which of these have a hand in the text: as a half, as a deputy, by a word or by a signature."""
    asked = set(people)
    pair = proposal.pair
    documents = {"document__proposal": proposal, "by__in": asked}
    wrote = Update.objects.filter(epoch__document__proposal=proposal, by__in=asked)
    stood_in = Deputy.objects.filter(pair=pair, membership__person__in=asked)
    return (
        asked & {pair.clinician.person_id, pair.manager.person_id}
        | set(wrote.values_list("by", flat=True).distinct())
        | set(stood_in.values_list("membership__person", flat=True))
        | set(Confirmation.objects.filter(**documents).values_list("by", flat=True))
        | set(SignOff.objects.filter(**documents).values_list("by", flat=True))
    )


def said_by_leads(proposal: Proposal, move: Move) -> list[Consent]:
    """The word of a lead that waits for the other's to the same, on the text as it was then."""
    people = [lead.membership.person_id for lead in leads_of(proposal)]
    found = Consent.objects.filter(proposal=proposal, move=move.value, ended_at=None, by__in=people)
    return list(found.select_related("by"))
