"""What must hold for every standing and every state of a proposal."""

from hypothesis import given
from hypothesis import strategies as st

from proposals.portfolio.domain.abilities import Ability, ProposalFacts, Standing, decide
from proposals.portfolio.domain.supporters import Role
from workspaces.domain.pairing import PAIR_SIDES, Side

halves = st.sampled_from([None, *PAIR_SIDES])
standings = st.builds(
    Standing,
    side=st.sampled_from(Side),
    half=halves,
    is_deputy=st.booleans(),
    supporter=st.sampled_from(["", *Role]),
    is_member=st.booleans(),
    is_lead=st.booleans(),
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
def test_writing_implies_reading_implies_seeing(standing: Standing, facts: ProposalFacts) -> None:
    """[PF8] Whoever may write may read; whoever may do anything may see the proposal."""
    may = allowed(standing, facts)
    assert Ability.EDIT not in may or Ability.READ in may
    assert not may or Ability.VIEW in may


@given(standings, states)
def test_a_draft_is_for_those_with_a_part(standing: Standing, facts: ProposalFacts) -> None:
    """[PF24] [PF27] In every state of the proposal; the same people comment until it is withdrawn."""
    may = allowed(standing, facts)
    assert (Ability.READ in may) == (standing.is_member and standing.has_part)
    assert (Ability.COMMENT in may) == (Ability.READ in may and not facts.withdrawn)


@given(standings, states)
def test_a_patient_partner_never_sees_another_proposal(standing: Standing, facts: ProposalFacts) -> None:
    """[PF26] Not even that there is one."""
    if standing.side is Side.PATIENT_PARTNER and not standing.has_part:
        assert allowed(standing, facts) == set()


@given(standings, states)
def test_writing_needs_all_of_it(standing: Standing, facts: ProposalFacts) -> None:
    """[PF5] [PF4] A part that writes, a pair that stands, no withdrawal, the current stage."""
    writes = Ability.EDIT in allowed(standing, facts)
    part = standing.half is not None or standing.supporter == "patient_partner"
    assert writes == (
        standing.is_member and part and facts.stands and not facts.withdrawn and facts.is_current_stage
    )


SHARED = {
    Ability.VIEW,
    Ability.READ,
    Ability.READ_VERSION,
    Ability.EDIT,
    Ability.COMMENT,
    Ability.COMMENT_VERSION,
    Ability.LEAD,
}


@given(standings, states)
def test_what_is_the_halves_own(standing: Standing, facts: ProposalFacts) -> None:
    """[PF7] All but reading, writing, commenting and a lead's word is for the two halves themselves."""
    if not standing.is_half:
        assert allowed(standing, facts) <= SHARED


@given(standings, states)
def test_withdrawn_leaves_reading(standing: Standing, facts: ProposalFacts) -> None:
    """[PF5] [PF15] After withdrawal there is reading, and nothing else."""
    if facts.withdrawn:
        assert allowed(standing, facts) <= {Ability.VIEW, Ability.READ, Ability.READ_VERSION}
