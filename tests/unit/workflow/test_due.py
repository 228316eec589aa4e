"""What the server does on its day: at the boundary days, once, and whatever else fails."""

from datetime import date, timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from proposals.portfolio import services as portfolio
from proposals.portfolio.access import abilities_for
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.domain.stages import Stage, Status
from proposals.portfolio.models import Document, Proposal
from proposals.review.domain.decisions import Said, Term
from proposals.review.domain.kinds import Kind, Outcome
from proposals.review.models import Condition
from proposals.workflow import services
from proposals.workflow.domain.days import years_before
from proposals.workflow.models import Launch, Listing, Retention, Transition
from proposals.workflow.selectors import facts_of
from proposals.workflow.services import run_due
from tests.moving import (
    begun,
    confirmed,
    grace,
    in_review,
    make_committee,
    put_away,
    signed,
    stage_of,
    submitted,
    written,
)
from tests.people import Cast
from tests.proposals import concept_template, make_proposal
from tests.threads import insert, write
from workspaces.models import AuditEntry, Membership, News, Pair, Person

TODAY = timezone.localdate()
EVALUATION = (Stage.EVALUATION, Status.DRAFTING)
NOTHING = {
    "evaluations opened": 0,
    "papers sent": 0,
    "notes kept": 0,
    "archived": 0,
    "conditions told": 0,
    "signatures told": 0,
}


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def did(day: date, **counts: int) -> None:
    """Once it is done, and the second time there is nothing to do."""
    assert run_due(day) == NOTHING | {name.replace("_", " "): count for name, count in counts.items()}
    assert run_due(day) == NOTHING


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2027, 3, 1), 2, date(2025, 3, 1)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
        (date(2028, 2, 29), 1, date(2027, 2, 28)),
    ],
)
def test_years_before(day: date, years: int, expected: date) -> None:
    """[WF92] Also from a leap day."""
    assert years_before(day, years) == expected


@pytest.mark.parametrize("status", [Status.LIVE, Status.PAUSED])
def test_an_evaluation_opens_on_its_day(cast: Cast, proposal: Proposal, status: Status) -> None:
    """[WF89] Not the day before; the pair is told, and no second time for the same day."""
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=status)
    Launch.objects.create(proposal=proposal, live_on=TODAY, review_on=after(30))
    did(after(29))
    did(after(30), evaluations_opened=1)
    assert stage_of(proposal) == EVALUATION
    assert Document.objects.filter(proposal=proposal, stage=Stage.EVALUATION).exists()
    row = Transition.objects.get()
    assert (row.number, row.by) == (19, None)
    assert "The day has come" in News.objects.get(person=cast.ben).headline
    # Sent back to run on, without another day: nothing opens by itself.
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=Status.LIVE)
    did(after(400))
    Launch.objects.create(proposal=proposal, live_on=TODAY, review_on=after(60))
    did(after(60), evaluations_opened=1)


def test_a_test_is_looked_at_on_its_day(cast: Cast, proposal: Proposal) -> None:
    """[WF89] As its two leads have said."""
    begun(proposal, cast)
    did(after(9))
    did(after(10), evaluations_opened=1)
    assert stage_of(proposal) == EVALUATION


def test_one_that_cannot_open_holds_up_no_other(cast: Cast, proposal: Proposal) -> None:
    """[WF89] A pair that does not stand writes nothing; a fault is logged, and both are tried again."""
    second = make_proposal(Pair.objects.get(), "Fewer falls", "MB-2026-002")
    lapsed = Pair.objects.create(
        workspace=cast.workspace, clinician=cast.pair.clinician, manager=cast.pair.manager,
        proposed_by=cast.amara, ended_at=timezone.now(),
    )  # fmt: skip
    Proposal.objects.filter(pk=proposal.pk).update(pair=lapsed)
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=Status.LIVE)
    for each in (proposal, second):
        Launch.objects.create(proposal=each, live_on=TODAY, review_on=TODAY)
    did(TODAY, evaluations_opened=1)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.LIVE)
    assert stage_of(second) == EVALUATION


def test_a_fault_is_logged(
    proposal: Proposal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """[WF89] Nothing of the deed is left, and the rest goes on."""
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=Status.LIVE)
    Launch.objects.create(proposal=proposal, live_on=TODAY, review_on=TODAY)

    def fail(*_args: object, **_facts: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr("proposals.workflow.services.due.opened", fail)
    did(TODAY)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.LIVE)
    assert "The disk is full." in caplog.text


def test_papers_go_out_on_their_day(cast: Cast, proposal: Proposal) -> None:
    """[WF90] The newest day that was given counts; the committee and the pair are told."""
    make_committee(cast)
    submitted(proposal, cast)
    services.accept_submission(proposal, by=grace())
    services.schedule(proposal, after(30), by=grace())
    services.schedule(proposal, after(40), by=grace())
    due = Listing.objects.order_by("-pk")[0].papers_by
    News.objects.all().delete()
    did(due - timedelta(days=1))
    did(due, papers_sent=1)
    assert stage_of(proposal) == (Stage.CONCEPT, Status.IN_REVIEW)
    assert Transition.objects.filter(move="send_papers").get().by is None
    for person in (cast.chandra, cast.dele, cast.amara):
        assert f"meets on {after(40):%-d %B %Y}" in News.objects.get(person=person).headline


def test_an_invitation_that_nobody_answers(cast: Cast) -> None:
    """[WF91] On the fourteenth day it can be accepted, on the fifteenth it is over."""
    concept_template()
    asked = Membership.objects.get(person=cast.ben)
    note = portfolio.propose(cast.workspace, "Fewer falls", asked, by=cast.amara)
    did(after(14))
    assert abilities_for(cast.ben, note)[Ability.READ].allowed
    did(after(15), notes_kept=1)
    note = Proposal.objects.select_related("pair").get(pk=note.pk)
    assert note.pair.ended_at is not None
    assert not abilities_for(cast.ben, note)[Ability.READ].allowed
    grants = abilities_for(cast.amara, note)
    assert all(grants[ability].allowed for ability in (Ability.READ, Ability.PAIR_AGAIN, Ability.WITHDRAW))
    told = News.objects.filter(person=cast.amara).latest("pk").headline
    assert told == "Ben Adeyemi did not answer within 14 days: “Fewer falls” stays with whoever asked"
    assert AuditEntry.objects.get(verb="lapse_pair").by is None


def test_an_answered_one_lasts(cast: Cast, proposal: Proposal) -> None:
    """[WF91] However long ago."""
    did(after(500))


def closed(proposal: Proposal, cast: Cast) -> None:
    put_away(proposal, "The ward closes.", cast.amara, cast.ben)


def test_the_archive(cast: Cast, proposal: Proposal) -> None:
    """[WF92] Nothing without a rule; by the newest one in force, on the day and not before."""
    Retention.objects.all().delete()
    closed(proposal, cast)
    far = TODAY.replace(year=TODAY.year + 6, day=28)
    Transition.objects.update(at=timezone.now().replace(day=28))
    did(far + timedelta(days=4000))
    Retention.objects.create(years=20, valid_from=date(2020, 1, 1), source="The code of 2020")
    Retention.objects.create(years=6, valid_from=after(1), source="The code of today")
    did(far - timedelta(days=1))
    did(far, archived=1)
    assert stage_of(proposal) == (Stage.CLOSED, Status.ARCHIVED)
    entry = AuditEntry.objects.get(verb="archive")
    assert (entry.by, entry.facts["source"]) == (None, "The code of today")


def test_the_rule_to_begin_with(proposal: Proposal) -> None:
    """[WF104] Twenty years, with its source; an organisation's own rule stays as it is."""
    seed = import_module("proposals.workflow.migrations.0004_retention_default").seed
    Retention.objects.all().delete()
    for _ in range(2):
        seed(apps, None)
    rule = Retention.objects.get()
    assert (rule.years, rule.valid_from) == (20, date(2023, 8, 7))
    assert rule.source.startswith("Records Management Code of Practice")
    assert len(rule.source) <= 300
    Retention.objects.update(years=8, valid_from=date(2019, 1, 1), source="Ours")
    seed(apps, None)
    assert Retention.objects.get().years == 8


def conditioned(proposal: Proposal, cast: Cast) -> Condition:
    """A case that was approved on a condition due in thirty days, which is Ben's."""
    make_committee(cast)
    Proposal.objects.update(stage=Stage.BUSINESS_CASE)
    portfolio.open_document(proposal, Stage.BUSINESS_CASE, by=cast.amara)
    proposal.refresh_from_db()
    written(proposal)
    in_review(proposal, cast)
    term = Term("Appoint a nurse", cast.ben.pk, after(30), before_start=True)
    said = Said(Kind.APPROVE_WITH_CONDITIONS, "The need is plain.", conditions=(term,))
    services.decide(proposal, said, by=cast.chandra)
    News.objects.all().delete()
    return Condition.objects.get()


def test_a_condition_is_called_to_mind(cast: Cast, proposal: Proposal) -> None:
    """[WF93] Once within a week, once when it is late; to three people."""
    conditioned(proposal, cast)
    did(after(22))
    did(after(23), conditions_told=1)
    did(after(30))
    did(after(31), conditions_told=1)
    did(after(60))
    for person, many in ((cast.ben, 2), (cast.chandra, 2), (grace(), 2), (cast.dele, 0), (cast.amara, 0)):
        assert News.objects.filter(person=person).count() == many
    first, second = News.objects.filter(person=cast.ben).order_by("pk")
    assert (first.headline[:11], first.text) == ("Condition 1", "Appoint a nurse")
    assert f"is due on {after(30):%-d %B %Y}" in first.headline
    assert f"was due on {after(30):%-d %B %Y}" in second.headline


@pytest.mark.parametrize("end", ["met", "closed"])
def test_a_condition_that_is_no_more(cast: Cast, proposal: Proposal, end: str) -> None:
    """[WF93] Met, or of a proposal that has ended."""
    condition = conditioned(proposal, cast)
    if end == "met":
        Condition.objects.filter(pk=condition.pk).update(
            discharged_at=timezone.now(), discharged_by=cast.chandra, evidence="She starts on Monday."
        )
    else:
        closed(proposal, cast)
    did(after(31))


def test_a_signature_that_has_lapsed(cast: Cast, proposal: Proposal) -> None:
    """[WF94] Told to both, once; signed again and changed again is another one."""

    def heard(person: Person) -> list[str]:
        found = News.objects.filter(person=person, target__startswith="signature:")
        return [news.headline.rsplit(" so ", 1)[1] for news in found.order_by("pk")]

    make_committee(cast)
    document = written(proposal)
    confirmed(proposal, cast.amara, cast.ben)
    services.sign_off(proposal, facts_of(proposal).sha256, by=cast.amara)
    did(TODAY)
    write(document, insert("quite ", "say"), by=cast.ben)
    did(TODAY, signatures_told=1)
    assert heard(cast.amara) == heard(cast.ben) == ["Amara Okafor's signature has lapsed"]
    signed(proposal, cast.amara, cast.ben)
    did(TODAY)
    write(document, insert("very ", "say"), by=cast.amara)
    did(TODAY, signatures_told=1)
    assert len(heard(cast.amara)) == 3


def test_the_command(cast: Cast, proposal: Proposal) -> None:
    """[WF89] It says how much it has done."""
    Proposal.objects.update(stage=Stage.IMPLEMENTATION, status=Status.LIVE)
    Launch.objects.create(proposal=proposal, live_on=TODAY, review_on=TODAY)
    out = StringIO()
    call_command("run_due", stdout=out)
    assert "evaluations opened: 1\npapers sent: 0\n" in out.getvalue()


@pytest.mark.parametrize("outcome", [Outcome.ADAPT, Outcome.EXTEND])
def test_a_change_that_goes_on(cast: Cast, proposal: Proposal, outcome: Outcome) -> None:
    """[WF102] [RV16] Live since its first day, and looked at again on the day that the committee named."""
    make_committee(cast)
    Proposal.objects.update(stage=Stage.EVALUATION, status=Status.DRAFTING)
    Launch.objects.create(proposal=proposal, live_on=after(-400), review_on=after(-30))
    proposal.refresh_from_db()
    portfolio.open_document(proposal, Stage.EVALUATION, by=cast.amara)
    written(proposal)
    in_review(proposal, cast)
    said = Said(Kind.APPROVE, "Not on Sundays yet.", outcome=outcome, review_on=after(90))
    services.decide(proposal, said, by=cast.chandra)
    assert stage_of(proposal) == (Stage.IMPLEMENTATION, Status.LIVE)
    launch = Launch.objects.filter(proposal=proposal)[0]
    assert (launch.live_on, launch.review_on) == (after(-400), after(90))
    did(after(89))
    did(after(90), evaluations_opened=1)
    assert stage_of(proposal) == EVALUATION
    assert facts_of(proposal).sections
