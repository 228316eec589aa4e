"""A committee for tests: Chandra in the chair, Dele a member, Grace its secretary."""

from dataclasses import dataclass

from proposals.editing import services as editing
from proposals.editing.models import FrozenVersion
from proposals.portfolio.models import Proposal
from tests.people import Cast, join, make_person
from workspaces.domain.pairing import Side
from workspaces.models import Committee, Person, Seat

LIMIT = 500_000


@dataclass(frozen=True)
class Bench:
    """The committee and the people on it."""

    committee: Committee
    board: Committee
    chandra: Person
    dele: Person
    grace: Person


def make_committee(cast: Cast, *, parent: bool = True) -> Bench:
    """An investment committee with a limit, and the board above it."""
    trust = cast.workspace.organisation
    board = Committee.objects.create(organisation=trust, name="Trust board", slug="trust-board")
    committee = Committee.objects.create(
        organisation=trust,
        name="Investment committee",
        slug="investment-committee",
        parent=board if parent else None,
        revenue_limit=LIMIT,
        capital_limit=LIMIT,
    )
    grace = make_person("Grace Whitlock")
    join(grace, cast.workspace, Side.OTHER, title="Committee secretary")
    for person, role in ((cast.chandra, "chair"), (cast.dele, "member"), (grace, "secretary")):
        Seat.objects.create(committee=committee, person=person, role=role)
    return Bench(committee, board, cast.chandra, cast.dele, grace)


def lay_before(proposal: Proposal, bench: Bench, *, status: str = "in_review") -> FrozenVersion:
    """Freeze the proposal's text and put it on the committee's desk."""
    version = editing.freeze(proposal.documents.get(stage=proposal.stage), by=proposal.created_by, patience=0)
    Proposal.objects.filter(pk=proposal.pk).update(committee=bench.committee, status=status)
    proposal.refresh_from_db()
    return version
