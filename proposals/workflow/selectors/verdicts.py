"""The verdict on a proposal: the same for the page, the JSON and the guard of the move."""

from proposals.portfolio.models import Proposal
from proposals.workflow.domain.facts import Facts
from proposals.workflow.domain.gates import Verdict, check, next_move
from proposals.workflow.domain.moves import Move
from proposals.workflow.selectors.facts import facts_of


def verdict_of(proposal: Proposal, move: Move | None = None, *, facts: Facts | None = None) -> Verdict | None:
    """May this move be made now? Without one: the move that comes next; None where nothing comes any more.

    `facts`: where they are at hand, nobody is asked again.
    """
    facts = facts or facts_of(proposal)
    wanted = move or next_move(facts)
    return check(facts.stage, wanted, facts) if wanted else None
