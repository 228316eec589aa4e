"""Decisions and conditions as rows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.editing import services as editing
from proposals.portfolio import services as portfolio
from proposals.portfolio.models import Proposal, Supporter
from proposals.review import selectors, services
from proposals.review.domain.decisions import Said, Term
from proposals.review.domain.kinds import Kind, Permission
from proposals.review.models import Condition, Decision
from tests.committees import Bench, lay_before, make_bench
from tests.people import Cast, join, make_person
from tests.proposals import make_supporter
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import AuditEntry, Deputy, Membership, News, Seat
from workspaces.services import appoint_deputy

YES = Said(Kind.APPROVE, "It is sound.", permissions=frozenset({Permission.TEST}))


@pytest.fixture
def bench(cast: Cast) -> Bench:
    return make_bench(cast)


def with_condition(cast: Cast, days: int = 30) -> Said:
    due = timezone.localdate() + timedelta(days)
    return Said(
        Kind.APPROVE_WITH_CONDITIONS,
        "Sound, once there is a rota.",
        permissions=frozenset({Permission.CASE, Permission.TEST}),
        conditions=(Term("A weekend rota", cast.amara.pk, due, before_start=True),),
    )


def test_it_works(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV9] [RV10] The row says what, by whom, on which version; it is told and on record."""
    version = lay_before(proposal, bench)
    decision = services.record_decision(proposal, version, with_condition(cast), by=bench.grace)
    decision = Decision.objects.get(pk=decision.pk)
    assert (decision.chaired_by, decision.recorded_by) == (cast.chandra, bench.grace)
    assert (decision.stage, decision.version) == ("concept", version)
    assert decision.permissions == ["case", "test"]
    assert decision.limit_check["revenue_limit"] == bench.committee.revenue_limit
    condition = decision.conditions.get()
    assert (condition.number, condition.owner, condition.before_start) == (1, cast.amara, True)
    assert AuditEntry.objects.get(verb="decide").facts["sha256"] == version.sha256
    told = set(News.objects.filter(kind="decision").values_list("person", flat=True))
    assert told == {cast.amara.pk, cast.ben.pk, cast.chandra.pk, cast.dele.pk}
    assert list(selectors.open_conditions(proposal, before_start=True)) == [condition]


def test_only_on_what_was_submitted(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV4]"""
    kept = editing.name_version(proposal.documents.get(), "On the way", by=cast.amara)
    with pytest.raises(RefusedError, match="not been submitted"):
        services.record_decision(proposal, kept, YES, by=cast.chandra)
    version = lay_before(proposal, bench)
    with pytest.raises(RefusedError, match="kept on the way"):
        services.record_decision(proposal, kept, YES, by=cast.chandra)
    proposal.stage = "evaluation"
    with pytest.raises(RefusedError, match="at the stage it is at"):
        services.record_decision(proposal, version, YES, by=cast.chandra)
    assert not Decision.objects.exists()


def test_what_is_missing_leaves_no_trace(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV5] [RV10]"""
    version = lay_before(proposal, bench)
    with pytest.raises(RefusedError, match="Give the reasons"):
        services.record_decision(proposal, version, Said(Kind.DECLINE, ""), by=cast.chandra)
    assert not Decision.objects.exists()
    assert not AuditEntry.objects.filter(verb="decide").exists()
    assert not News.objects.filter(kind="decision").exists()


def test_who_is_not_at_the_table(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV9] Strangers and authors are turned away; a member does not record."""
    version = lay_before(proposal, bench)
    for person in (cast.amara, cast.eve):
        with pytest.raises(PermissionDenied):
            services.record_decision(proposal, version, YES, by=person)
    with pytest.raises(RefusedError, match="chair or the secretary"):
        services.record_decision(proposal, version, YES, by=cast.dele)
    Seat.objects.filter(role="chair").update(ended_at=timezone.now())
    with pytest.raises(RefusedError, match="no chair"):
        services.record_decision(proposal, version, YES, by=bench.grace)


def test_nobody_decides_on_own_work(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV8] A supporter with the chair, an author as secretary, whoever signed."""
    version = lay_before(proposal, bench)
    make_supporter(proposal, cast.chandra, Supporter.COACH)
    with pytest.raises(RefusedError, match="the coach"):
        services.record_decision(proposal, version, YES, by=bench.grace)
    Supporter.objects.all().delete()
    with pytest.raises(RefusedError, match="signed"):
        services.record_decision(proposal, version, YES, by=bench.grace, signed={cast.chandra.pk})
    Seat.objects.create(committee=bench.committee, person=cast.ben, role="secretary")
    with pytest.raises(RefusedError, match="an author"):
        services.record_decision(proposal, version, YES, by=cast.ben)


def test_deputies_and_earlier_pairs_count_as_authors(cast: Cast, bench: Bench) -> None:
    """[RV8] Whoever wrote once does not decide later."""
    ben = Membership.objects.get(person=cast.ben)
    proposal = portfolio.propose(cast.workspace, "Fewer falls", ben, by=cast.amara)
    portfolio.decline(proposal, "Away.", by=cast.ben)
    priya = join(make_person("Priya Nair"), cast.workspace, Side.MANAGER)
    portfolio.pair_again(Proposal.objects.get(pk=proposal.pk), priya, by=cast.amara)
    proposal = Proposal.objects.get(pk=proposal.pk)
    portfolio.accept(proposal, by=priya.person)
    stand_in = join(make_person("Sana Iqbal"), cast.workspace, Side.CLINICIAN)
    today = timezone.localdate()
    proposal = Proposal.objects.get(pk=proposal.pk)
    appoint_deputy(
        proposal.pair, stand_in, side=Side.CLINICIAN, starts_on=today, ends_on=today, by=cast.amara
    )
    Deputy.objects.update(ended_at=timezone.now())
    people = {cast.ben.pk, priya.person_id, stand_in.person_id, cast.dele.pk}
    assert selectors.parts_of(proposal, people) == {
        cast.ben.pk: "an author",
        priya.person_id: "an author",
        stand_in.person_id: "a deputy of an author",
    }


def test_a_condition_is_met_on_evidence(cast: Cast, bench: Bench, proposal: Proposal) -> None:
    """[RV11] By the secretary; not twice, not by its owner."""
    version = lay_before(proposal, bench)
    condition = services.record_decision(
        proposal, version, with_condition(cast), by=cast.chandra
    ).conditions.get()
    with pytest.raises(PermissionDenied):
        services.discharge(condition, "I did it.", by=cast.amara)
    with pytest.raises(RefusedError, match="by what you see"):
        services.discharge(condition, " ", by=bench.grace)
    services.discharge(condition, "The rota of 1 December.", by=bench.grace)
    condition = Condition.objects.get()
    assert (condition.evidence, condition.discharged_by) == ("The rota of 1 December.", bench.grace)
    with pytest.raises(RefusedError, match="already"):
        services.discharge(condition, "Again.", by=cast.chandra)
    assert AuditEntry.objects.filter(verb="discharge").count() == 1
