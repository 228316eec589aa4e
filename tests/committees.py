"""A committee with a proposal before it, for tests of what committees do."""

from dataclasses import dataclass

from proposals.editing import services as editing
from proposals.editing.models import FrozenVersion
from proposals.portfolio.models import Proposal
from tests.moving import grace, make_committee
from tests.people import Cast, join
from workspaces.domain.pairing import Side
from workspaces.models import Committee, Person

LIMIT = 500_000


@dataclass(frozen=True)
class Bench:
    """The committee and its secretary."""

    committee: Committee
    grace: Person


def make_bench(cast: Cast) -> Bench:
    """An investment committee with a limit and the board above it; its secretary works in the workspace."""
    trust = cast.workspace.organisation
    board = Committee.objects.create(organisation=trust, name="Trust board", slug="trust-board")
    committee = make_committee(cast, parent=board, limit=LIMIT)
    join(grace(), cast.workspace, Side.OTHER, title="Committee secretary")
    return Bench(committee, grace())


def lay_before(proposal: Proposal, bench: Bench, *, status: str = "in_review") -> FrozenVersion:
    """Freeze the proposal's text and put it on the committee's desk."""
    version = editing.freeze(proposal.documents.get(stage=proposal.stage), by=proposal.created_by, patience=0)
    Proposal.objects.filter(pk=proposal.pk).update(committee=bench.committee, status=status)
    proposal.refresh_from_db()
    return version
