"""What makes a decision valid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from proposals.review.domain.decisions import (
    Decider,
    Item,
    Limits,
    Said,
    Term,
    Worth,
    faults,
    spoken,
    why_not_decide,
    why_not_discharge,
)
from proposals.review.domain.kinds import Kind, Outcome, Permission
from proposals.review.models import Decision

TODAY = date(2026, 11, 25)
CONCEPT = Item("concept", TODAY, Limits(500_000, None), has_parent=True)
CASE = replace(CONCEPT, stage="business_case")
CHAIR = Decider("Chandra Rao", "chair")


def parts(said: Said, item: Item = CONCEPT) -> list[str]:
    return [fault.part for fault in faults(said, item)]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_needs_reasons(kind: Kind) -> None:
    """[RV5]"""
    assert "reasons" in parts(Said(kind, "  "))
    assert "reasons" not in parts(Said(kind, "It is sound."))
    assert kind.label
    assert kind.meaning
    assert kind.past


def test_a_concept_is_approved_for_something() -> None:
    """[RV6]"""
    bare = Said(Kind.APPROVE, "Good.")
    assert parts(bare) == ["permissions"]
    assert parts(replace(bare, permissions=frozenset({Permission.TEST}))) == []


def test_an_evaluation_is_approved_with_what_becomes_of_it() -> None:
    """[RV6]"""
    bare = Said(Kind.APPROVE, "Good.")
    evaluation = replace(CONCEPT, stage="evaluation")
    assert parts(bare, evaluation) == ["outcome"]
    assert parts(replace(bare, outcome=Outcome.ADOPT), evaluation) == []


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_goes_on_is_looked_at_again(outcome: Outcome) -> None:
    """[RV16] On a day that is still to come; what ends has no such day."""
    evaluation = replace(CONCEPT, stage="evaluation")
    said = Said(Kind.APPROVE, "Good.", outcome=outcome)
    bare, past, later = (replace(said, review_on=day) for day in (None, TODAY, TODAY + timedelta(90)))
    needs = outcome in (Outcome.ADAPT, Outcome.EXTEND)
    assert parts(bare, evaluation) == (["review_on"] if needs else [])
    assert parts(past, evaluation) == ["review_on"]
    assert parts(later, evaluation) == ([] if needs else ["review_on"])


@pytest.mark.parametrize(
    ("outcome", "said"), [("adopt", "Adopted"), ("adapt", "To be adapted"), ("", "Approved")]
)
def test_what_a_decision_is_called(outcome: str, said: str) -> None:
    """[RV15]"""
    made = Decision(kind="approve", outcome=outcome)
    assert made.heading == said
    made.kind = "approve_with_conditions"
    assert made.heading == f"{said} with conditions"


def test_conditions_have_an_owner_and_a_day() -> None:
    """[RV6] Each lack is named with the condition's number."""
    said = Said(Kind.APPROVE_WITH_CONDITIONS, "Good.", permissions=frozenset({Permission.CASE}))
    assert parts(said) == ["conditions"]
    terms = (Term("Ask", 7, TODAY), Term("", None, None), Term("Late", 7, TODAY - timedelta(1)))
    assert [(f.part, f.sentence) for f in faults(replace(said, conditions=terms), CONCEPT)] == [
        ("conditions.2.text", "Condition 2: write what has to be done."),
        ("conditions.2.owner", "Condition 2: name who sees to it."),
        ("conditions.2.due", "Condition 2: give the day by which it is met."),
        ("conditions.3.due", "Condition 3: the day by which it is met has passed already."),
    ]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.APPROVE_WITH_CONDITIONS])
def test_no_other_kind_has_conditions(kind: Kind) -> None:
    """[RV6]"""
    assert "conditions" in parts(Said(kind, "Good.", conditions=(Term("Ask", 7, TODAY),)))


def test_what_defer_return_and_refer_up_need() -> None:
    """[RV6]"""
    assert parts(Said(Kind.DEFER, "Not yet.")) == ["awaited"]
    assert parts(Said(Kind.DEFER, "Not yet.", awaited="The rota")) == []
    assert parts(Said(Kind.DEFER, "Not yet.", awaited_on=TODAY - timedelta(1))) == ["awaited_on"]
    assert parts(Said(Kind.RETURN, "Not yet.", changes=("  ",))) == ["changes"]
    assert parts(Said(Kind.RETURN, "Not yet.", changes=("The rota",))) == []
    assert parts(Said(Kind.REFER_UP, "Above us.")) == []
    assert parts(Said(Kind.REFER_UP, "Above us."), replace(CONCEPT, has_parent=False)) == ["kind"]
    assert parts(Said(Kind.DECLINE, "No."), CASE) == []


def test_the_limit() -> None:
    """[RV7] Exactly the limit is within it; nothing is asked where there is none."""
    said = Said(Kind.APPROVE, "Good.")
    assert parts(said, CASE) == ["revenue"]
    assert parts(replace(said, worth=Worth(500_000, 9_000_000)), CASE) == []
    above = faults(replace(said, worth=Worth(500_001)), CASE)
    assert [f.part for f in above] == ["kind"]
    assert "£500,000 revenue" in above[0].sentence
    assert parts(said, replace(CASE, limits=Limits())) == []
    assert (
        "Ask the board"
        in faults(replace(said, worth=Worth(500_001)), replace(CASE, has_parent=False))[0].sentence
    )
    assert spoken(Limits(1000, 20)) == "£1,000 revenue and £20 capital"


def test_who_decides() -> None:
    """[RV8] [RV9]"""
    assert why_not_decide(CHAIR, CHAIR) == ""
    assert why_not_decide(CHAIR, Decider("Grace", "secretary")) == ""
    assert "no chair" in why_not_decide(None, CHAIR)
    assert "chair or the secretary" in why_not_decide(CHAIR, Decider("Dele", "member"))
    for pair in ((replace(CHAIR, part="an author"), CHAIR), (CHAIR, replace(CHAIR, part="the coach"))):
        assert "cannot decide" in why_not_decide(*pair)


def test_who_meets_a_condition() -> None:
    """[RV11]"""
    assert why_not_discharge(CHAIR, "Seen.", met=False) == ""
    assert "by what you see" in why_not_discharge(CHAIR, "  ", met=False)
    assert "already" in why_not_discharge(CHAIR, "Seen.", met=True)
    assert "chair or the secretary" in why_not_discharge(Decider("Dele", "member"), "Seen.", met=False)
    assert "somebody else" in why_not_discharge(replace(CHAIR, part="an author"), "Seen.", met=False)
