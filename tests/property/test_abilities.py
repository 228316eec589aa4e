"""What must hold for every standing and every state of a proposal."""

from hypothesis import given
from hypothesis import strategies as st

from proposals.portfolio.domain.abilities import Ability, ProposalFacts, Standing, decide
from workspaces.domain.pairing import PAIR_SIDES, Side

halves = st.sampled_from([None, *PAIR_SIDES])
standings = st.builds(
    Standing,
    side=st.sampled_from(Side),
    half=halves,
    is_deputy=st.booleans(),
    supporter=st.sampled_from(["", "patient_partner", "coach"]),
    is_member=st.booleans(),
)
states = st.builds(
    ProposalFacts,
    waiting=st.frozensets(st.sampled_from(PAIR_SIDES)),
    waiting_names=st.just("Ben Adeyemi"),
    pair_ended=st.booleans(),
    withdrawn=st.booleans(),
    is_current_stage=st.booleans(),
)


def allowed(standing: Standing, facts: ProposalFacts) -> set[Ability]:
    return {ability for ability, grant in decide(standing, facts).items() if grant.allowed}


@given(standings, states)
def test_nobody_outside_gets_anything(standing: Standing, facts: ProposalFacts) -> None:
    """[PF1] No part in a proposal outlives the membership."""
    if not standing.is_member:
        assert allowed(standing, facts) == set()


@given(standings, states)
def test_everything_implies_reading(standing: Standing, facts: ProposalFacts) -> None:
    """[PF8] Whoever may do anything may read, writing included."""
    may = allowed(standing, facts)
    assert not may or Ability.VIEW in may


@given(standings, states)
def test_writing_needs_all_of_it(standing: Standing, facts: ProposalFacts) -> None:
    """[PF5] [PF4] A part that writes, a pair that stands, no withdrawal, the current stage."""
    writes = Ability.EDIT in allowed(standing, facts)
    part = standing.half is not None or standing.supporter == "patient_partner"
    assert writes == (
        standing.is_member and part and facts.stands and not facts.withdrawn and facts.is_current_stage
    )


@given(standings, states)
def test_what_is_the_halves_own(standing: Standing, facts: ProposalFacts) -> None:
    """[PF7] All but reading, writing and commenting is for the two halves themselves."""
    if not standing.is_half:
        assert allowed(standing, facts) <= {Ability.VIEW, Ability.EDIT, Ability.COMMENT}


@given(standings, states)
def test_withdrawn_leaves_reading(standing: Standing, facts: ProposalFacts) -> None:
    """[PF5] [PF15] After withdrawal there is reading, and nothing else."""
    if facts.withdrawn:
        assert allowed(standing, facts) <= {Ability.VIEW}
