"""A small test: who its two leads can be, how it begins on both their words, and how it ends."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from proposals.editing.models import FrozenVersion
from proposals.portfolio.access import abilities_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.leads import why_not_lead
from proposals.portfolio.domain.stages import Route, Stage, Status
from proposals.portfolio.models import Document, JointLead, Proposal
from proposals.review.domain.kinds import Outcome
from proposals.workflow import services
from proposals.workflow.domain.moves import Move
from proposals.workflow.models import Consent, Launch, Transition
from proposals.workflow.selectors import candidates, facts_of, leads_of
from proposals.workflow.services import BadInput, Conclusion, GateShut, TextChanged
from tests.moving import Leads, begun, led, make_leads, signed, stage_of, written
from tests.people import Cast, join, make_person
from tests.threads import insert, write
from workspaces.domain.pairing import Side
from workspaces.domain.refusals import RefusedError
from workspaces.models import AuditEntry, Membership, News
from workspaces.services import appoint_deputy, end_membership

TESTED = (Stage.IMPLEMENTATION, Status.TESTING)
DRAFTED = (Stage.CONCEPT, Status.DRAFTING)


def later(days: int = 10) -> date:
    return timezone.localdate() + timedelta(days=days)


def edited(proposal: Proposal, cast: Cast) -> None:
    write(Document.objects.get(proposal=proposal, stage=proposal.stage), insert("quite ", "say"), by=cast.ben)


@pytest.mark.parametrize(
    ("side", "facts", "words"),
    [
        (Side.CLINICIAN, {}, ""),
        (Side.CLINICIAN, {"is_member": False}, "Priya is not a member of this workspace."),
        (Side.MANAGER, {}, "Priya is not a clinician in this workspace, so they cannot be clinical lead."),
        (Side.CLINICIAN, {"is_author": True}, "Priya has written in this proposal"),
    ],
)
def test_who_can_lead(side: Side, facts: dict[str, bool], words: str) -> None:
    """[WF84] [WF87] A member of the right side with no hand in the text."""
    known = {"is_member": True, "is_author": False, **facts}
    reason = why_not_lead(name="Priya", side=side, wanted=Side.CLINICIAN, **known)
    assert reason.startswith(words)
    assert bool(reason) == bool(words)


def test_naming(cast: Cast, proposal: Proposal) -> None:
    """[WF84] [WF88] Either half names; whoever is named reads the draft from then on, and hears of it."""
    written(proposal, Route.TEST)
    places = make_leads(cast)
    priya = places[Side.CLINICIAN].person
    assert not abilities_for(priya, proposal)[Ability.READ].allowed
    services.name_lead(proposal, Side.CLINICIAN, places[Side.CLINICIAN], by=cast.ben)
    services.name_lead(proposal, Side.CLINICIAN, places[Side.CLINICIAN], by=cast.amara)
    grants = abilities_for(priya, proposal)
    assert {ability.value for ability, grant in grants.items() if grant.allowed} == {
        "view", "read", "read_version", "comment", "comment_version", "lead",
    }  # fmt: skip
    assert JointLead.objects.count() == 1
    assert AuditEntry.objects.get(verb="name_lead").facts == {"person": "Priya Nair", "side": "clinician"}
    assert "asks you to decide on the test" in News.objects.get(person=priya).headline
    assert "has named Priya Nair as clinical lead" in News.objects.get(person=cast.amara).headline


def test_another_until_it_begins(cast: Cast, proposal: Proposal) -> None:
    """[WF84] Whoever is replaced reads no more, and what they had said goes with them."""
    leads = led(proposal, cast)
    services.begin_test(proposal, facts_of(proposal).sha256, later(), by=leads.priya, patience=0)
    other = join(make_person("Sana Iqbal"), cast.workspace, Side.CLINICIAN)
    services.name_lead(proposal, Side.CLINICIAN, other, by=cast.ben)
    assert not abilities_for(leads.priya, proposal)[Ability.READ].allowed
    assert not Consent.objects.filter(ended_at=None).exists()
    assert [lead.membership.person.name for lead in leads_of(proposal)] == ["Sana Iqbal", "Gareth Pugh"]
    assert "no longer asked" in News.objects.filter(person=leads.priya).latest("pk").headline


def test_who_let_it_begin_sees_it_through(cast: Cast, proposal: Proposal) -> None:
    """[WF84] An empty place is filled at any time; otherwise the test would never end."""
    leads = begun(proposal, cast)
    other = join(make_person("Sana Iqbal"), cast.workspace, Side.CLINICIAN)
    with pytest.raises(RefusedError, match="Priya Nair stays clinical lead"):
        services.name_lead(proposal, Side.CLINICIAN, other, by=cast.ben)
    end_membership(Membership.objects.get(person=leads.priya), by=cast.amara)
    services.name_lead(proposal, Side.CLINICIAN, other, by=cast.ben)
    assert [lead.membership.person.name for lead in leads_of(proposal)] == ["Sana Iqbal", "Gareth Pugh"]


def test_who_cannot_be_named_and_who_cannot_name(cast: Cast, proposal: Proposal) -> None:
    """[WF84] [WF87] Not the pair, a deputy or another side; not by anybody else, nor on another route."""
    written(proposal, Route.TEST)
    places = make_leads(cast)
    deputy = places[Side.MANAGER]
    appoint_deputy(
        cast.pair, deputy, side=Side.MANAGER, starts_on=later(0), ends_on=later(1), by=cast.ben
    )  # fmt: skip
    for side, membership in ((Side.CLINICIAN, cast.pair.clinician), (Side.MANAGER, deputy)):
        with pytest.raises(RefusedError, match="nobody decides on their own work"):
            services.name_lead(proposal, side, membership, by=cast.amara)
        assert membership not in candidates(proposal, side)
    with pytest.raises(RefusedError, match="not a manager"):
        services.name_lead(proposal, Side.MANAGER, places[Side.CLINICIAN], by=cast.amara)
    with pytest.raises(PermissionDenied):
        services.name_lead(proposal, Side.CLINICIAN, places[Side.CLINICIAN], by=cast.dele)
    Proposal.objects.update(route=Route.FULL)
    with pytest.raises(RefusedError, match="Others go to a committee"):
        services.name_lead(proposal, Side.CLINICIAN, places[Side.CLINICIAN], by=cast.amara)


def test_it_begins_on_both_words(cast: Cast, proposal: Proposal) -> None:
    """[WF85] [WF88] One is not enough; the second closes the text under the hash that both have signed."""
    leads = led(proposal, cast)
    assert "waits for the two leads" in News.objects.filter(person=leads.gareth).latest("pk").headline
    seen = facts_of(proposal).sha256
    assert services.begin_test(proposal, seen, later(), by=leads.priya, patience=0) is None
    assert stage_of(proposal) == DRAFTED
    assert "do you agree?" in News.objects.filter(person=leads.gareth).latest("pk").headline
    made = services.begin_test(proposal, seen, later(), by=leads.gareth, patience=0)
    assert stage_of(proposal) == TESTED
    assert made == Launch.objects.get()
    assert made is not None
    assert made.review_on == later()
    version = FrozenVersion.objects.get()
    assert (version.closes, version.sha256) == (True, seen)
    row = Transition.objects.get(move="test")
    assert (row.number, row.by, row.sha256) == (4, leads.gareth, seen)
    told = "Priya Nair and Gareth Pugh let the test of “A frailty team at the front door” begin"
    for person in (cast.amara, cast.ben, leads.priya):
        assert News.objects.filter(person=person).latest("pk").headline == told


def test_another_day_is_another_thing(cast: Cast, proposal: Proposal) -> None:
    """[WF85] As for a change that goes live; a day that has come is none."""
    leads = led(proposal, cast)
    seen = facts_of(proposal).sha256
    with pytest.raises(BadInput):
        services.begin_test(proposal, seen, later(0), by=leads.priya, patience=0)
    assert services.begin_test(proposal, seen, later(1), by=leads.priya, patience=0) is None
    assert services.begin_test(proposal, seen, later(2), by=leads.gareth, patience=0) is None
    assert stage_of(proposal) == DRAFTED
    assert services.begin_test(proposal, seen, later(2), by=leads.priya, patience=0) is not None


def test_an_edit_ends_what_was_said(cast: Cast, proposal: Proposal) -> None:
    """[WF85] The gate shuts until both have signed again, and then the first word counts no more."""
    leads = led(proposal, cast)
    old = facts_of(proposal).sha256
    services.begin_test(proposal, old, later(), by=leads.priya, patience=0)
    edited(proposal, cast)
    with pytest.raises(GateShut):
        services.begin_test(proposal, old, later(), by=leads.gareth, patience=0)
    new = signed(proposal, cast.amara, cast.ben)
    with pytest.raises(TextChanged):
        services.begin_test(proposal, old, later(), by=leads.gareth, patience=0)
    assert services.begin_test(proposal, new, later(), by=leads.gareth, patience=0) is None
    assert stage_of(proposal) == DRAFTED


def test_a_word_taken_back(cast: Cast, proposal: Proposal) -> None:
    """[WF85] It counts no more, and the other hears of it."""
    leads = led(proposal, cast)
    seen = facts_of(proposal).sha256
    services.begin_test(proposal, seen, later(), by=leads.priya, patience=0)
    services.take_back(proposal, Move.TEST, by=leads.priya)
    services.take_back(proposal, Move.TEST, by=leads.priya)
    assert "took back" in News.objects.filter(person=leads.gareth).latest("pk").headline
    assert services.begin_test(proposal, seen, later(), by=leads.gareth, patience=0) is None
    assert stage_of(proposal) == DRAFTED


def test_only_the_leads(cast: Cast, proposal: Proposal) -> None:
    """[WF85] [WF87] Neither the pair nor a colleague, and nobody who has joined the writers since."""
    leads = led(proposal, cast)
    seen = facts_of(proposal).sha256
    for person in (cast.amara, cast.dele):
        with pytest.raises(PermissionDenied):
            services.begin_test(proposal, seen, later(), by=person, patience=0)
    joined = Membership.objects.get(person=leads.gareth)
    appoint_deputy(cast.pair, joined, side=Side.MANAGER, starts_on=later(2), ends_on=later(3), by=cast.ben)
    with pytest.raises(GateShut, match="Name a clinical lead and a line manager"):
        services.begin_test(proposal, seen, later(), by=leads.priya, patience=0)


def evaluated(proposal: Proposal, cast: Cast) -> tuple[Leads, str]:
    """Tested, and the evaluation signed by both of the pair."""
    leads = begun(proposal, cast)
    services.start_evaluation(proposal, "It has shown enough.", by=cast.amara)
    proposal.refresh_from_db()
    written(proposal, Route.TEST)
    return leads, signed(proposal, cast.amara, cast.ben)


@pytest.mark.parametrize(
    ("outcome", "target"),
    [
        (Outcome.ADOPT, (Stage.CLOSED, Status.ADOPTED)),
        (Outcome.ABANDON, (Stage.CLOSED, Status.ABANDONED)),
        (Outcome.EXTEND, TESTED),
    ],
)
def test_how_it_ends(cast: Cast, proposal: Proposal, *, outcome: Outcome, target: object) -> None:
    """[WF86] [WF88] Both say the same, with reasons; line ends of another browser make no other reasons."""
    leads, seen = evaluated(proposal, cast)
    until = later(30) if outcome is Outcome.EXTEND else None
    first = Conclusion(outcome, "It works.\nNobody fell.", until)
    second = Conclusion(outcome, " It works.\r\nNobody fell. ", until)
    assert services.conclude(proposal, seen, first, by=leads.gareth, patience=0) is False
    assert services.conclude(proposal, seen, second, by=leads.priya, patience=0) is True
    assert stage_of(proposal) == target
    row = Transition.objects.get(move="conclude")
    assert (row.number, row.sha256, row.reason) == (20, seen, "It works.\nNobody fell.")
    assert AuditEntry.objects.get(verb="conclude").facts["both"] == "Priya Nair and Gareth Pugh"
    assert News.objects.filter(person=cast.ben).latest("pk").text == "It works.\nNobody fell."


def test_two_words_that_differ(cast: Cast, proposal: Proposal) -> None:
    """[WF86] Nothing is decided, and what a word lacks is said beside its field."""
    leads, seen = evaluated(proposal, cast)
    for said, part in (
        (Conclusion(Outcome.ADOPT, " "), "reason"),
        (Conclusion(Outcome.EXTEND, "Too early."), "review_on"),
        (Conclusion(Outcome.ADAPT, "Smaller."), "outcome"),
    ):
        with pytest.raises(BadInput) as refused:
            services.conclude(proposal, seen, said, by=leads.priya, patience=0)
        assert refused.value.part == part
    services.conclude(proposal, seen, Conclusion(Outcome.ADOPT, "It works."), by=leads.priya, patience=0)
    services.conclude(proposal, seen, Conclusion(Outcome.ABANDON, "No."), by=leads.gareth, patience=0)
    assert stage_of(proposal) == (Stage.EVALUATION, Status.DRAFTING)


def test_going_on_opens_the_evaluation_again(cast: Cast, proposal: Proposal) -> None:
    """[WF86] The same text, in its next epoch."""
    leads, seen = evaluated(proposal, cast)
    said = Conclusion(Outcome.EXTEND, "Too early.", later(30))
    for lead in (leads.priya, leads.gareth):
        services.conclude(proposal, seen, said, by=lead, patience=0)
    launch = Launch.objects.order_by("pk").last()
    assert launch is not None
    assert (launch.live_on, launch.review_on) == (later(0), later(30))
    document = services.start_evaluation(proposal, "Now it has.", by=cast.ben)
    assert [epoch.closed_at is None for epoch in document.epochs.order_by("number")] == [False, True]
    assert facts_of(Proposal.objects.get()).sha256 == seen


@pytest.mark.django_db(transaction=True)
def test_rows_of_before_go_with_the_model(cast: Cast, proposal: Proposal) -> None:
    """[WF84] Whoever was named where leads were kept before is a lead still."""
    when = timezone.now() - timedelta(days=3)
    try:
        old = MigrationExecutor(connection)
        old.migrate([("workflow", "0002_withdrawn_is_closed")])
        apps = old.loader.project_state([("workflow", "0002_withdrawn_is_closed")]).apps
        made = apps.get_model("workflow", "JointLead").objects.create(
            proposal_id=proposal.pk,
            side="manager",
            membership_id=cast.pair.manager_id,
            named_by_id=cast.amara.pk,
        )
        apps.get_model("workflow", "JointLead").objects.filter(pk=made.pk).update(at=when)
    finally:
        new = MigrationExecutor(connection)
        new.migrate(new.loader.graph.leaf_nodes())
    lead = JointLead.objects.get()
    assert (lead.proposal, lead.named_by, lead.at) == (proposal, cast.amara, when)
