"""Who may stand in for a half, and when."""

from dataclasses import replace
from datetime import date

import pytest

from workspaces.domain import deputies
from workspaces.domain.deputies import Term
from workspaces.domain.pairing import PAIR_SIDES, Halves, Member, Side

AMARA = Member(person=1, name="Amara", workspace=7, side=Side.CLINICIAN)
BEN = Member(person=2, name="Ben", workspace=7, side=Side.MANAGER)
NOOR = Member(person=3, name="Noor", workspace=7, side=Side.CLINICIAN)
PAIR = Halves(AMARA, BEN, accepted=frozenset(PAIR_SIDES))
TODAY = date(2026, 3, 10)


def test_only_the_half_that_is_away_chooses() -> None:
    """[WS8]"""
    assert deputies.why_not_appoint(PAIR, 1, side=Side.CLINICIAN) == ""
    assert "Only Amara can choose" in deputies.why_not_appoint(PAIR, 2, side=Side.CLINICIAN)
    assert "Only Amara can choose" in deputies.why_not_appoint(PAIR, 3, side=Side.CLINICIAN)
    assert "Only the clinician and the manager" in deputies.why_not_appoint(PAIR, 1, side=Side.OTHER)


def test_only_for_a_pair_that_stands() -> None:
    """[WS8]"""
    for pair in (replace(PAIR, ended=True), replace(PAIR, accepted=frozenset({Side.CLINICIAN}))):
        assert "once both of you have accepted" in deputies.why_not_appoint(pair, 1, side=Side.CLINICIAN)


@pytest.mark.parametrize(
    ("deputy", "side", "words"),
    [
        (NOOR, Side.CLINICIAN, ""),
        (AMARA, Side.CLINICIAN, "a third person"),
        (BEN, Side.CLINICIAN, "a third person"),
        (NOOR, Side.OTHER, "a third person"),
        (replace(NOOR, is_open=False), Side.CLINICIAN, "Noor is not a member"),
        (replace(NOOR, workspace=8), Side.CLINICIAN, "Noor is not a member"),
        (NOOR, Side.MANAGER, "Noor is not a manager"),
    ],
)
def test_who_may_stand_in(deputy: Member, side: Side, words: str) -> None:
    """[WS6]"""
    reason = deputies.why_not_stand_in(PAIR, deputy, side=side)
    assert words in reason if words else reason == ""


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (TODAY, TODAY, ""),
        (TODAY, date(2026, 6, 10), ""),
        (TODAY, date(2026, 6, 11), "three months"),
        (date(2026, 3, 9), TODAY, "in the past"),
        (date(2026, 3, 12), date(2026, 3, 11), "before the first day"),
        (date(2026, 11, 30), date(2027, 2, 28), ""),
        (date(2026, 11, 30), date(2027, 3, 1), "three months"),
    ],
)
def test_for_how_long(starts_on: date, ends_on: date, words: str) -> None:
    """[WS7]"""
    reason = deputies.why_not_term(Term(starts_on, ends_on), today=TODAY)
    assert words in reason if words else reason == ""


def test_months_end_where_months_end() -> None:
    assert deputies.months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert deputies.months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert deputies.months_after(date(2026, 12, 31), 3) == date(2027, 3, 31)
    assert deputies.months_after(date(2026, 9, 1), 3) == date(2026, 12, 1)


def test_days_are_included_at_both_ends() -> None:
    week = Term(date(2026, 3, 10), date(2026, 3, 16))
    assert week.covers(date(2026, 3, 10))
    assert week.covers(date(2026, 3, 16))
    assert not week.covers(date(2026, 3, 17))
    assert week.overlaps(Term(date(2026, 3, 16), date(2026, 3, 20)))
    assert not week.overlaps(Term(date(2026, 3, 17), date(2026, 3, 20)))
