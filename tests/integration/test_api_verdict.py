"""The verdict as JSON: the object that the page shows and that guards the move."""

import pytest
from pytest_django import DjangoAssertNumQueries

from proposals.portfolio.models import Proposal
from proposals.workflow.domain.gates import check
from proposals.workflow.domain.moves import Move
from proposals.workflow.selectors import facts_of, verdict_of
from tests.moving import confirmed, make_committee, written
from tests.people import Cast, as_
from tests.proposals import make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    proposal = make_proposal(cast.pair)
    make_committee(cast)
    written(proposal)
    return proposal


def address(proposal: Proposal, move: str = "") -> str:
    return f"/api/proposals/{proposal.reference}/verdict/" + (f"?move={move}" if move else "")


def test_it_works(proposal: Proposal, cast: Cast) -> None:
    """[WF23] What the guard would say, word for word."""
    confirmed(proposal, cast.amara)
    said = as_(cast.ben).get(address(proposal)).json()
    verdict = verdict_of(proposal)
    assert verdict is not None
    assert said["move"] == "sign"
    assert not said["open"]
    assert [each["sentence"] for each in said["missing"]] == [each.sentence for each in verdict.missing]


def test_eve_gets_404(proposal: Proposal, cast: Cast) -> None:
    """[PF1] A stranger cannot tell it from one that does not exist."""
    assert as_(cast.eve).get(address(proposal)).status_code == 404


def test_a_move_that_does_not_exist(proposal: Proposal, cast: Cast) -> None:
    """[WF28] The answer names the field."""
    answer = as_(cast.ben).get(address(proposal, "fly"))
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"move": ["There is no such move."]}


def test_it_takes_few_queries(
    proposal: Proposal, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """[WF47] At most twelve, on a text whose every section is confirmed."""
    confirmed(proposal, cast.amara, cast.ben)
    found = Proposal.objects.select_related(
        "workspace", "pair__clinician__person", "pair__manager__person"
    ).get(pk=proposal.pk)
    with django_assert_max_num_queries(12):
        facts = facts_of(found)
        check(facts.stage, Move.SUBMIT, facts)
