"""Random deeds by anybody, on the real services: no illegal state, no dead end, no trace of a refusal."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from proposals.editing.models import Epoch
from proposals.portfolio import services as portfolio
from proposals.portfolio.access import PAIR_PARTS
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Document, Proposal
from proposals.review.domain.decisions import Said
from proposals.review.domain.kinds import Kind
from proposals.review.models import Decision
from proposals.workflow import services
from proposals.workflow.domain.moves import ARCHIVED, LEGAL, Move, State, allowed, offered
from proposals.workflow.models import (
    Plan,
    Reconsideration,
    SignOff,
    Submission,
    Transition,
)
from proposals.workflow.selectors import facts_of, last_day_to_ask, reached
from proposals.workflow.services import due
from tests.moving import in_review
from tests.property import deeds
from tests.property.company import company, counted
from tests.property.deeds import AT, DEEDS, Company, Deed
from tests.property.turns import TURNS
from workspaces import audit
from workspaces.domain.refusals import RefusedError
from workspaces.models import Committee

WALKS = int(os.environ.get("WALKS", "20"))
STEPS = 30
OPEN = (Stage.CONCEPT, Stage.BUSINESS_CASE, Stage.IMPLEMENTATION, Stage.EVALUATION)
DECLINED = State(Stage.CLOSED, Status.DECLINED)


@contextmanager
def faults_of_run_due() -> Iterator[list[str]]:
    """What it could not do for another reason than a refusal; it goes on all the same."""
    faults: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: faults.append(record.getMessage())  # type: ignore[method-assign]
    due.logger.addHandler(handler)
    try:
        yield faults
    finally:
        due.logger.removeHandler(handler)


def something_is_due() -> bool:
    """Within the next thirteen months."""
    day = timezone.localdate() + timedelta(400)
    moves = (duty for duty in due.DUTIES if duty.name != "signatures told")
    return any(duty.wanted(day).exists() for duty in moves)


class Walk(RuleBasedStateMachine):
    """One proposal among many people. What one walk did, the next one does not find."""

    company: Company

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.proposal = Proposal.objects.get()
        self.plans: dict[int, object] = {}

    def teardown(self) -> None:
        try:
            self.in_the_end()
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def fresh(self) -> Proposal:
        parts = ("committee", *PAIR_PARTS)
        return Proposal.objects.select_related(*parts).get(pk=self.proposal.pk)

    @property
    def state(self) -> State:
        stage, status = Proposal.objects.values_list("stage", "status").get(pk=self.proposal.pk)
        return State(Stage(stage), Status(status))

    @property
    def begun(self) -> bool:
        """Whether there is a text yet."""
        return Epoch.objects.filter(document__proposal=self.proposal, closed_at=None).exists()

    @property
    def halves(self) -> tuple[int, int]:
        return self.company.cast.amara.pk, self.company.cast.ben.pk

    # -- what happens ----------------------------------------------------------------------------------
    @initialize(
        route=st.sampled_from([Route.SHORT, Route.SHORT, Route.TEST]),
        begun=st.sampled_from(OPEN),
    )
    def begins(self, route: Route, begun: Stage) -> None:
        """At any stage, so that short walks come to every end. On the way of a test there is no case."""
        stage = Stage.EVALUATION if (route, begun) == (Route.TEST, Stage.BUSINESS_CASE) else begun
        under_way = Status.TESTING if route is Route.TEST else Status.MOBILISING
        status = under_way if stage is Stage.IMPLEMENTATION else Status.DRAFTING
        Proposal.objects.update(route=route.value, stage=stage.value, status=status.value)
        proposal = self.fresh()
        if route is not Route.TEST and stage is not Stage.CONCEPT:
            Proposal.objects.update(committee=Committee.objects.get(slug="investment"))
        if stage is not Stage.IMPLEMENTATION:
            portfolio.open_document(proposal, stage, by=None)

    @rule(data=st.data(), deed=st.sampled_from(list(DEEDS)))
    def somebody_tries(self, data: st.DataObject, deed: Deed) -> None:
        """Anything, wherever the proposal stands."""
        self.tries(deed, data)

    @rule(data=st.data())
    @precondition(lambda self: self.state.status in AT)
    def somebody_tries_what_comes_next(self, data: st.DataObject) -> None:
        """Whoever it is for."""
        self.tries(data.draw(st.sampled_from(AT[self.state.status])), data)

    def tries(self, deed: Deed, data: st.DataObject) -> None:
        """It is done by whose it is, by a step that the table knows, or it leaves no trace."""
        proposal = self.fresh()
        by = data.draw(st.sampled_from(self.company.everybody))
        rightful = self.company.acting(proposal, DEEDS[deed])
        before, source = counted(), self.state
        try:
            deed(proposal, by, data)
        except (RefusedError, PermissionDenied):
            assert (counted(), self.state) == (before, source)
            return
        after, target = counted(), self.state
        assert by in rightful or after == before, (deed.__name__, by)
        assert all(after[name] >= number for name, number in before.items() if name != "News")
        if target != source:
            made = Transition.objects.filter(proposal=proposal)[0]
            assert (made.from_stage, made.from_status) == source
            assert (made.to_stage, made.to_status) == target
            assert allowed(Move(made.move), source, target)

    @rule(data=st.data())
    @precondition(lambda self: self.state.stage is not Stage.CLOSED)
    def it_goes_on(self, data: st.DataObject) -> None:
        """Whoever's turn it is does what comes next: from every open state there is somebody who can."""
        before = counted()
        TURNS[self.state.status](self.company, self.fresh(), data)
        assert counted() != before, self.state

    @rule(granted=st.booleans())
    @precondition(lambda self: last_day_to_ask(self.fresh()) is not None)
    def a_decline_is_looked_at_again(self, *, granted: bool) -> None:
        """Asked by one of the pair and answered by the chair above, where there is a committee above."""
        proposal, stage = self.fresh(), reached(self.fresh())
        if proposal.committee is None or proposal.committee.parent_id is None:
            return
        services.ask_again(proposal, "new_fact", "A figure.", by=self.company.cast.ben)
        services.reconsider(proposal, "It is new.", granted=granted, by=self.company.board_chair)
        assert self.state == (State(stage, Status.IN_REVIEW) if granted else DECLINED)

    @rule(days=st.sampled_from([0, 31, 400]))
    @precondition(lambda self: something_is_due())
    def a_day_comes(self, days: int) -> None:
        """What has come due is done by steps that the table knows, and a second time nothing is."""
        day, source, last = timezone.localdate() + timedelta(days), self.state, Transition.objects.count()
        with faults_of_run_due() as faults:
            services.run_due(day)
            before = counted()
            assert not any(services.run_due(day).values())
        assert (counted(), faults) == (before, [])
        for made in Transition.objects.filter(proposal=self.proposal).order_by("pk")[last:]:
            assert source == (made.from_stage, made.from_status)
            target = State(Stage(made.to_stage), Status(made.to_status))
            assert allowed(Move(made.move), source, target)
            source = target
        assert source == self.state

    @rule(data=st.data())
    @precondition(lambda self: self.state.status is Status.DRAFTING and self.begun)
    def somebody_writes(self, data: st.DataObject) -> None:
        """No signature survives a change of its hash."""
        proposal, cast = self.fresh(), self.company.cast
        said = facts_of(proposal).sha256
        deeds.edit(
            proposal, data.draw(st.sampled_from([cast.amara, cast.ben, cast.mags, self.company.deputy]))
        )
        facts = facts_of(proposal)
        assert facts.sha256 != said
        assert not facts.signed

    # -- what holds ------------------------------------------------------------------------------------
    @invariant()
    def the_state_is_legal_and_goes_on(self) -> None:
        assert self.state in LEGAL
        assert self.state in ARCHIVED or offered(self.state)

    @invariant()
    def the_text_lies_open_while_it_is_written(self) -> None:
        """And at no other time: otherwise it would be a dead end, or something could still be changed."""
        newest = Epoch.objects.filter(document__proposal=self.proposal).order_by("pk")
        for document in Document.objects.filter(proposal=self.proposal):
            epoch = newest.filter(document=document).order_by("-number").first()
            written = self.state == (document.stage, Status.DRAFTING)
            assert epoch is None or (epoch.closed_at is None) == written, (self.state, document.stage)

    @invariant()
    def what_was_promised_stays(self) -> None:
        """Measures that were fixed at an approval are never changed or taken away."""
        found = {plan.pk: (plan.measures, plan.expected) for plan in Plan.objects.all()}
        assert self.plans.items() <= found.items()
        self.plans = dict(found)

    def in_the_end(self) -> None:
        """What domain.md asks of every history."""
        assert [fault for _head, fault in audit.broken_chains() if fault] == []
        for made in Submission.objects.select_related("version"):
            signed = SignOff.objects.filter(document=made.version.document_id, sha256=made.version.sha256)
            assert set(signed.values_list("by", flat=True)) == set(self.halves)
        for decision in Decision.objects.select_related("version__document", "committee"):
            self.is_sound(decision)
        for asked in Reconsideration.objects.all():
            assert asked.by_id in self.halves
            assert asked.answered_by_id in {None, self.company.board_chair.pk}
        for move in (Move.RETURN, Move.DECLINE, Move.SEND_BACK, Move.WITHDRAW, Move.PAUSE):
            assert all(made.reason.strip() for made in Transition.objects.filter(move=move.value))

    def is_sound(self, decision: Decision) -> None:
        """On a frozen text of that stage, by nobody with a part in it, with reasons, within the limit."""
        assert decision.version.closes
        assert decision.version.document.stage == decision.stage
        assert decision.reasons.strip()
        authors = {*self.halves, self.company.deputy.pk, self.company.cast.mags.pk}
        assert {decision.chaired_by_id, decision.recorded_by_id}.isdisjoint(authors)
        limit = decision.committee.revenue_limit
        if Kind(decision.kind).approves and decision.stage == Stage.BUSINESS_CASE and limit is not None:
            assert decision.limit_check["revenue"] <= limit


class WalkFromADecline(Walk):
    """The same, from where few walks come to: before the committee above once more, or to the archive."""

    @initialize()
    def begins(self) -> None:
        """As it is found."""


def walk(machine: type[Walk], *, walks: int, steps: int) -> None:
    quiet = settings(
        max_examples=walks,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
        # To shrink a walk that failed takes minutes on a database, so it is told as it was found.
        phases=(Phase.reuse, Phase.generate),
    )
    run(machine, settings=quiet)


@pytest.mark.django_db
def test_nothing_goes_where_it_should_not() -> None:
    """[WF21] [WF22] [WF44] [WF89] Whoever tries whatever, and in whatever order."""
    _, Walk.company = company()
    walk(Walk, walks=WALKS, steps=STEPS)


@pytest.mark.django_db
def test_what_follows_a_decline() -> None:
    """[WF89] [WF92] [WF95] [WF96] Asked again or not, and whatever day comes."""
    proposal, WalkFromADecline.company = company()
    cast = WalkFromADecline.company.cast
    in_review(proposal, cast)
    services.decide(proposal, Said(Kind.DECLINE, "No money."), by=cast.chandra)
    walk(WalkFromADecline, walks=WALKS, steps=8)
