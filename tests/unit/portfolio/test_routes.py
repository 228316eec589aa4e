"""Which route six answers lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.portfolio.domain.routes import QUESTIONS, Level, Limit, suggest
from proposals.portfolio.domain.stages import Route

LIMITS = {
    Level.DIVISION: Limit(Level.DIVISION, 100_000, 50_000),
    Level.COMMITTEE: Limit(Level.COMMITTEE, 1_000_000, 500_000),
}
NOTHING = dict.fromkeys((question.key for question in QUESTIONS), "no")
ORDER = [Route.TEST, Route.SHORT, Route.FULL, Route.ESCALATED]


def test_nothing_new_is_a_test() -> None:
    """[PF42]"""
    assert suggest(NOTHING, LIMITS).route is Route.TEST


@pytest.mark.parametrize("key", ["care", "staff", "data", "organisations"])
def test_any_change_outside_the_team_asks_for_a_case(key: str) -> None:
    """[PF42] A doubt counts as a yes, and says so."""
    assert suggest(NOTHING | {key: "yes"}, LIMITS).route is Route.SHORT
    doubtful = suggest(NOTHING | {key: "unsure"}, LIMITS)
    assert doubtful.route is Route.SHORT
    assert doubtful.reasons[0].startswith("You are not sure whether ")


@pytest.mark.parametrize(
    ("revenue", "capital", "route"),
    [
        ("100,000", "50,000", Route.SHORT),
        ("100,001", "0", Route.FULL),
        ("1", "50,001", Route.FULL),
        ("£1m", "500k", Route.FULL),
        ("£1,000,001", "0", Route.ESCALATED),
        ("0", "£501k", Route.ESCALATED),
        ("", "0", Route.FULL),
    ],
)
def test_money_leads_as_far_as_the_limits_say(revenue: str, capital: str, route: Route) -> None:
    """[PF42] Both limits count; a sum that nobody knows is a large one."""
    answers = NOTHING | {
        "recurrent": "yes", "recurrent_amount": revenue, "capital": "yes", "capital_amount": capital,
    }  # fmt: skip
    assert suggest(answers, LIMITS).route is route


def test_without_limits_money_goes_to_the_top() -> None:
    """[PF42] Nobody has been given leave to decide."""
    answers = NOTHING | {"recurrent": "yes", "recurrent_amount": "1"}
    assert suggest(answers, {}).route is Route.ESCALATED


answers = st.fixed_dictionaries(
    {question.key: st.sampled_from(["yes", "no", "unsure"]) for question in QUESTIONS}
    | {f"{key}_amount": st.sampled_from(["", "5k", "200k", "2m"]) for key in ("recurrent", "capital")}
)


@given(answers, st.sampled_from([question.key for question in QUESTIONS]))
def test_another_yes_never_leads_to_a_lighter_route(said: dict[str, str], key: str) -> None:
    """[PF42] Whatever else was answered; and there is always a reason."""
    no, yes = suggest(said | {key: "no"}, LIMITS), suggest(said | {key: "yes"}, LIMITS)
    assert ORDER.index(no.route) <= ORDER.index(yes.route)
    assert no.reasons
    assert yes.reasons
