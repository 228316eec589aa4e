"""The aim as a sentence."""

import pytest

from proposals.portfolio.domain.aim import aim_sentence

WHOLE = {
    "population": "People aged 75 and over with severe frailty.",
    "measure": "Going home the same day",
    "direction": "up",
    "from": "21.5%",
    "to": "30% or more",
    "by": "2026-03-31",
    "without_harming": "People coming back within 7 days",
}


def test_a_whole_aim() -> None:
    """[PF23] All fields make one sentence."""
    assert aim_sentence(WHOLE) == (
        "By 31 March 2026, going home the same day goes up from 21.5% to 30% or more "
        "for people aged 75 and over with severe frailty, without harming: people coming back within 7 days."
    )


def test_gaps_show() -> None:
    """[PF23] What is missing shows as a gap."""
    assert aim_sentence({"measure": "CFS scores in 30 minutes"}) == (
        "By …, CFS scores in 30 minutes goes from … to … for …."
    )


@pytest.mark.parametrize("fields", [{}, {"measure": "  "}])
def test_no_answers_no_sentence(fields: dict[str, str]) -> None:
    """[PF23] Nothing said, nothing shown."""
    assert aim_sentence(fields) == ""


def test_a_day_typed_otherwise_stays() -> None:
    """[PF23] The date is shown as somebody wrote it when it is no date."""
    assert aim_sentence({**WHOLE, "by": "end of spring"}).startswith("By end of spring, ")
