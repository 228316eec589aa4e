"""Who is called in a comment."""

import pytest

from proposals.comments.domain.mentions import Somebody, calls, heard, names, unheard
from workspaces.domain.pairing import Side

AMARA = Somebody(1, "Amara Okafor", Side.CLINICIAN)
BEN = Somebody(2, "Ben Adeyemi", Side.MANAGER)
MAGS = Somebody(3, "Mags Doyle", Side.PATIENT_PARTNER)
BEN_B = Somebody(4, "Ben Brown")
ANNE, ANNE_MARIE = Somebody(5, "Anne"), Somebody(6, "Anne Marie O'Neill")
DEPUTY = Somebody(7, "Li Wei", Side.MANAGER)


@pytest.mark.parametrize(
    ("body", "readers", "people"),
    [
        ("@Ben, look", [AMARA, BEN], {2}),
        ("@ben adeyemi's figures", [AMARA, BEN, BEN_B], {2}),
        ("@Ben?", [BEN, BEN_B], set()),
        ("(@Mags) and @AMARA", [AMARA, BEN, MAGS], {1, 3}),
        ("@clinician and @Manager", [AMARA, BEN, MAGS, DEPUTY], {1, 2, 7}),
        ("@patient-partner. @patient partner", [AMARA, MAGS], {3}),
        ("@managers", [BEN], set()),
        ("@Anne Marie O'Neill and @Anne", [ANNE, ANNE_MARIE], {5, 6}),
        ("@Annette", [ANNE], set()),
        ("ben@adeyemi.example or mail/@Ben", [BEN], set()),
        ("@ Ben @", [BEN], set()),
        ("@<script>Ben", [BEN], set()),
        ("@Ben\nAdeyemi", [BEN, BEN_B], set()),
        ("@Łukasz", [Somebody(9, "Łukasz Żak")], {9}),
    ],
)
def test_calls_reach(body: str, readers: list[Somebody], people: set[int]) -> None:
    """[CM23] By full name, by first name if it is one person's, by side; addresses call nobody."""
    assert heard(calls(body), readers)[0] == people


def test_who_cannot_see_it_is_named() -> None:
    """[CM23]"""
    people, rest = heard(calls("@Ben and @Dele Ogun, @nobody"), [BEN])
    assert people == {2}
    assert unheard(rest, [Somebody(8, "Dele Ogun"), Somebody(9, "Chandra Rao")]) == ["Dele Ogun"]


def test_calls_are_bounded() -> None:
    """[CM23]"""
    assert len(calls("@a " * 700)) == 50


def test_every_name_that_is_offered_calls_whom_it_says() -> None:
    """[CM32] Others in the order of their names, then the sides somebody answers for; oneself never."""
    readers = [BEN, AMARA, MAGS, DEPUTY, ANNE, ANNE_MARIE]
    offered = names(readers, by=AMARA.person)
    assert [name.call for name in offered] == [
        "Anne", "Anne Marie O'Neill", "Ben Adeyemi", "Li Wei", "Mags Doyle", "manager", "patient-partner",
    ]  # fmt: skip
    assert [name.call for name in offered if name.is_side] == ["manager", "patient-partner"]
    known = {each.person: each.name for each in readers}
    for name in offered:
        reached, rest = heard(calls(f"Look, @{name.call}, please."), readers)
        assert sorted(known[person] for person in reached) == sorted(name.people)
        assert not rest
    assert names([AMARA], by=AMARA.person) == []
