"""Rules about pairs and deputies, held against people at random."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workspaces.domain import deputies, pairing
from workspaces.domain.deputies import Term
from workspaces.domain.pairing import PAIR_SIDES, Halves, Member, Side

members = st.builds(
    Member,
    person=st.integers(1, 4),
    name=st.sampled_from(["Amara", "Ben", "Noor"]),
    workspace=st.integers(1, 2),
    side=st.sampled_from(Side),
    is_open=st.booleans(),
)
clinicians = st.builds(
    Member, st.just(1), st.just("Amara"), st.just(1), st.just(Side.CLINICIAN), st.booleans()
)
managers = st.builds(Member, st.just(2), st.just("Ben"), st.just(1), st.just(Side.MANAGER), st.booleans())
pairs = st.builds(
    Halves, clinicians, managers, st.frozensets(st.sampled_from(PAIR_SIDES)), ended=st.booleans()
)
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(members, members)
def test_every_pair_is_two_open_colleagues_of_different_sides(one: Member, other: Member) -> None:
    """[WS2]"""
    if pairing.why_not_pair(one, other) == "":
        assert one.person != other.person
        assert one.workspace == other.workspace
        assert (one.side, other.side) == PAIR_SIDES
        assert one.is_open
        assert other.is_open
        assert pairing.why_not_pair(other, one) != ""


@given(pairs, st.integers(1, 4))
def test_whoever_may_answer_is_exactly_one_half(pair: Halves, person: int) -> None:
    """[WS4]"""
    answers = [rule(pair, person) == "" for rule in (pairing.why_not_accept, pairing.why_not_decline)]
    if any(answers):
        assert person in (pair.clinician.person, pair.manager.person)
        assert not pair.ended
    assert pair.stands == (not pair.missing() and not pair.ended)


@given(pair=pairs, deputy=members, person=st.integers(1, 4), side=st.sampled_from(Side))
def test_no_deputy_is_a_half_or_of_the_other_side(
    *, pair: Halves, deputy: Member, person: int, side: Side
) -> None:
    """[WS6]"""
    half = pair.half(side)
    if deputies.why_not_stand_in(pair, deputy, side=side) == "":
        assert half is not None
        assert deputy.side is side
        assert deputy.person not in (pair.clinician.person, pair.manager.person)
    if deputies.why_not_appoint(pair, person, side=side) == "":
        assert half is not None
        assert half.person == person
        assert pair.stands


@given(days, st.integers(-5, 120), st.integers(-5, 5))
def test_no_term_is_empty_past_or_longer_than_a_quarter(start: date, length: int, ahead: int) -> None:
    """[WS7]"""
    today = start - timedelta(days=ahead)
    term = Term(start, start + timedelta(days=length))
    if deputies.why_not_term(term, today=today) == "":
        assert today <= term.starts_on <= term.ends_on
        assert (term.ends_on - term.starts_on).days <= 92
    elif ahead >= 0 and length >= 0:
        assert length > 88


terms = st.tuples(days, days).map(lambda ends: Term(min(ends), max(ends)))


@given(terms, terms)
def test_terms_overlap_when_they_share_a_day(one: Term, other: Term) -> None:
    shared = max(one.starts_on, other.starts_on)
    assert one.overlaps(other) == (one.covers(shared) and other.covers(shared))
    assert one.overlaps(other) == other.overlaps(one)
