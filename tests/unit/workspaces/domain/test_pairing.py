"""What makes a pair, and who answers for which half."""

from dataclasses import replace

import pytest

from workspaces.domain import pairing
from workspaces.domain.pairing import PAIR_SIDES, Halves, Member, Side

AMARA = Member(person=1, name="Amara", workspace=7, side=Side.CLINICIAN)
BEN = Member(person=2, name="Ben", workspace=7, side=Side.MANAGER)
OFFERED = Halves(AMARA, BEN, accepted=frozenset({Side.CLINICIAN}))
STANDING = Halves(AMARA, BEN, accepted=frozenset(PAIR_SIDES))
DELE = 3


def test_a_clinician_and_a_manager_make_a_pair() -> None:
    """[WS2]"""
    assert pairing.why_not_pair(AMARA, BEN) == ""


@pytest.mark.parametrize(
    ("clinician", "manager", "words"),
    [
        (AMARA, replace(BEN, person=1), "two different people"),
        (AMARA, replace(BEN, workspace=8), "not in the same workspace"),
        (AMARA, replace(BEN, is_open=False), "Ben is no longer a member"),
        (replace(AMARA, is_open=False), BEN, "Amara is no longer a member"),
        (AMARA, replace(BEN, side=Side.CLINICIAN), "Ben is not a manager"),
        (replace(AMARA, side=Side.PATIENT_PARTNER), BEN, "Amara is not a clinician"),
    ],
)
def test_nothing_else_does(clinician: Member, manager: Member, words: str) -> None:
    """[WS2]"""
    assert words in pairing.why_not_pair(clinician, manager)


def test_it_stands_once_both_have_accepted_and_until_it_ends() -> None:
    """[WS3]"""
    assert not OFFERED.stands
    assert STANDING.stands
    assert not replace(STANDING, ended=True).stands


def test_who_has_yet_to_accept() -> None:
    assert OFFERED.missing() == [BEN]
    assert STANDING.missing() == []


def test_each_half_accepts_for_itself() -> None:
    """[WS4]"""
    assert pairing.why_not_accept(OFFERED, BEN.person) == ""
    assert pairing.why_not_accept(OFFERED, AMARA.person) == ""
    assert "each for themselves" in pairing.why_not_accept(OFFERED, DELE)


def test_an_ended_pair_or_membership_accepts_nothing() -> None:
    assert "has ended" in pairing.why_not_accept(replace(OFFERED, ended=True), BEN.person)
    gone = replace(OFFERED, manager=replace(BEN, is_open=False))
    assert "no longer a member" in pairing.why_not_accept(gone, BEN.person)


def test_an_offer_is_declined_and_a_standing_pair_is_not() -> None:
    """[WS5]"""
    assert pairing.why_not_decline(OFFERED, BEN.person) == ""
    assert "end the pair instead" in pairing.why_not_decline(STANDING, BEN.person)
    assert "already ended" in pairing.why_not_decline(replace(OFFERED, ended=True), BEN.person)
    assert "Only Amara and Ben" in pairing.why_not_decline(OFFERED, DELE)


def test_either_half_ends_it() -> None:
    """[WS5]"""
    assert pairing.why_not_end(STANDING, AMARA.person) == ""
    assert pairing.why_not_end(STANDING, BEN.person) == ""
    assert "Only Amara and Ben" in pairing.why_not_end(STANDING, DELE)


def test_sides_have_names_for_people() -> None:
    assert [side.label for side in Side] == ["Clinician", "Manager", "Patient partner", "Other colleague"]
