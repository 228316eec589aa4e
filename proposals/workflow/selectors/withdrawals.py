"""Whether one half may put a proposal away alone, who has asked to, and where a closed one had got to."""

from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.models import Proposal
from proposals.workflow.domain.parting import alone
from proposals.workflow.models import Transition
from workspaces.domain.pairing import Side
from workspaces.models import Membership
from workspaces.selectors import as_halves


def withdraws_alone(proposal: Proposal) -> bool:
    """Nobody is there whose word it would take as well."""
    pair = proposal.pair
    here = {Side(half.side) for half in (pair.clinician, pair.manager) if _is_here(half)}
    return alone(as_halves(pair), here)


def _is_here(half: Membership) -> bool:
    return half.ended_at is None and half.person.is_active


def reached(proposal: Proposal) -> Stage:
    """The stage it stands at; of a closed one the stage at which it ended."""
    if proposal.stage != Stage.CLOSED:
        return Stage(proposal.stage)
    ends = Transition.objects.filter(proposal=proposal, to_stage=Stage.CLOSED.value)
    last = ends.exclude(from_stage=Stage.CLOSED.value).first()
    return Stage(last.from_stage) if last else Stage.CLOSED
