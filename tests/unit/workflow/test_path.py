"""A proposal from its concept to a change that is evaluated, on real texts and real decisions."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Document, Proposal
from proposals.review import services as review
from proposals.review.domain.decisions import Said, Term
from proposals.review.domain.kinds import Kind, Outcome, Permission
from proposals.review.models import Condition, Decision
from proposals.workflow import services
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Plan, Transition
from proposals.workflow.selectors import verdict_of
from proposals.workflow.services import BadInput, GateShut
from tests.moving import grace, in_review, make_committee, stage_of, submitted, written
from tests.people import Cast, people
from tests.proposals import make_proposal
from workspaces.domain.refusals import RefusedError

pytestmark = pytest.mark.django_db
REASONS = "The need is plain and the plan is small."


@pytest.fixture
def cast() -> Cast:
    return people()


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    proposal = make_proposal(cast.pair)
    make_committee(cast)
    written(proposal)
    return proposal


def approved(proposal: Proposal, cast: Cast, **facts: object) -> Decision:
    in_review(proposal, cast)
    return services.decide(proposal, Said(Kind.APPROVE, REASONS, **facts), by=cast.chandra)  # type: ignore[arg-type]


def test_a_concept_becomes_a_case(proposal: Proposal, cast: Cast) -> None:
    """[WF40] The permission to write opens the text of the case, and the change to it is one row."""
    decision = approved(proposal, cast, permissions=frozenset({Permission.CASE}))
    assert stage_of(proposal) == (Stage.BUSINESS_CASE, Status.DRAFTING)
    assert Document.objects.filter(proposal=proposal, stage=Stage.BUSINESS_CASE).exists()
    moves = list(Transition.objects.filter(proposal=proposal).order_by("pk").values_list("number", flat=True))
    assert moves == [2, 3, 5, 6, 7, 8, 9, 10]
    assert decision.version.closes


def test_the_whole_path_to_adopted(proposal: Proposal, cast: Cast) -> None:
    """[WF41] Concept, case, live, evaluation, adopted; the plan's measures are fixed at approval."""
    approved(proposal, cast, permissions=frozenset({Permission.CASE}))
    stage_of(proposal)
    written(proposal, Route.FULL)
    term = Term("Appoint a nurse", cast.ben.pk, timezone.localdate() + timedelta(days=30), before_start=True)
    in_review(proposal, cast)
    said = Said(Kind.APPROVE_WITH_CONDITIONS, REASONS, conditions=(term,))
    services.decide(proposal, said, by=cast.chandra)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.MOBILISING)
    plan = Plan.objects.get(proposal=proposal)
    assert {row["kind"] for row in plan.measures} == {"outcome", "process", "balancing"}
    assert plan.expected["expected_month"] == "2027-03-31"
    live_on = timezone.localdate()
    with pytest.raises(GateShut, match="Appoint a nurse"):
        services.go_live(proposal, live_on, by=cast.amara)
    review.discharge(Condition.objects.get(), "She starts on Monday.", by=cast.chandra)
    assert services.go_live(proposal, live_on, by=cast.amara) is None
    assert services.go_live(proposal, live_on, by=cast.ben) is not None
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.LIVE)
    with pytest.raises(BadInput) as refused:
        services.start_evaluation(proposal, by=cast.amara)
    assert refused.value.part == "reason"
    services.start_evaluation(proposal, "The money ends in spring.", by=cast.amara)
    assert stage_of(proposal) == (Stage.EVALUATION, Status.DRAFTING)
    written(proposal, Route.FULL)
    approved(proposal, cast, outcome=Outcome.ADOPT)
    assert stage_of(proposal) == (Stage.CLOSED, Status.ADOPTED)
    assert verdict_of(proposal) is None


def test_a_return_opens_the_text_again(proposal: Proposal, cast: Cast) -> None:
    """[WF42] The next epoch, and every change that was asked for waits in the margin."""
    made = in_review(proposal, cast)
    said = Said(Kind.RETURN, REASONS, changes=("Say who pays.", "Shorten it."))
    services.decide(proposal, said, by=cast.chandra)
    assert stage_of(proposal) == (Stage.CONCEPT, Status.DRAFTING)
    assert made.version.document.epochs.count() == 2
    verdict = verdict_of(proposal, Move.SUBMIT)
    assert verdict is not None
    assert [each.code for each in verdict.missing] == ["request", "request"]


def test_a_decline_closes(proposal: Proposal, cast: Cast) -> None:
    """[WF43] With its reasons; nothing is decided twice."""
    in_review(proposal, cast)
    services.decide(proposal, Said(Kind.DECLINE, REASONS), by=cast.chandra)
    assert stage_of(proposal) == (Stage.CLOSED, Status.DECLINED)
    assert Transition.objects.filter(move="decline").get().reason == REASONS
    with pytest.raises(GateShut):
        services.decide(proposal, Said(Kind.APPROVE, REASONS), by=cast.chandra)


def test_a_refused_decision_leaves_everything(proposal: Proposal, cast: Cast) -> None:
    """[WF44] A decision without its reasons, or by one of the pair, writes nothing at all."""
    in_review(proposal, cast)
    before = Transition.objects.count()
    with pytest.raises(RefusedError):
        services.decide(proposal, Said(Kind.DECLINE, ""), by=cast.chandra)
    with pytest.raises((RefusedError, PermissionDenied)):
        services.decide(proposal, Said(Kind.DECLINE, REASONS), by=cast.amara)
    assert Transition.objects.count() == before
    assert not Decision.objects.exists()
    assert stage_of(proposal) == (Stage.CONCEPT, Status.IN_REVIEW)


def test_only_the_secretary_screens(proposal: Proposal, cast: Cast) -> None:
    """[WF45] Not the pair, not a member; and a late paper needs the chair's consent."""
    submitted(proposal, cast)
    for person in (cast.amara, cast.dele, cast.chandra):
        with pytest.raises(PermissionDenied):
            services.accept_submission(proposal, by=person)
    services.accept_submission(proposal, by=grace())
    with pytest.raises(BadInput) as refused:
        services.schedule(proposal, timezone.localdate(), by=grace())
    assert refused.value.part == "late_consent"
    made = services.schedule(proposal, timezone.localdate(), by=grace(), late_consent="It cannot wait.")
    assert made.consented_by == cast.chandra


def test_a_pause_takes_one_and_a_resume_the_chair(proposal: Proposal, cast: Cast) -> None:
    """[WF46] Safety does not wait for two."""
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=Status.LIVE, committee=committee_id(proposal))
    with pytest.raises(BadInput):
        services.pause(proposal, " ", by=cast.ben)
    services.pause(proposal, "Two falls in a week.", by=cast.ben)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.PAUSED)
    with pytest.raises(PermissionDenied):
        services.resume(proposal, "All is well.", by=cast.ben)
    services.resume(proposal, "The floor has been mended.", by=cast.chandra)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.LIVE)


def committee_id(proposal: Proposal) -> int:
    return proposal.workspace.organisation.committees.get().pk
