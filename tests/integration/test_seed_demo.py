"""The demo: what it holds, that it can be seeded again, and that it stays away from real use."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from proposals.comments.models import Thread
from proposals.editing import selectors
from proposals.portfolio.models import Document, Proposal, Supporter, Template
from proposals.review.models import Condition, Decision
from proposals.workflow.demo.stories import content_of, stories
from proposals.workflow.models import Launch, SignOff, Submission, Transition
from tests.people import as_
from tests.proposals import concept_template
from workspaces.audit import broken_chains
from workspaces.models import AuditEntry, Membership, News, Person

# Joining and seating people happens on the day the demo is made.
VERBS = ["propose", "accept_pair", "submit", "screen", "schedule", "decide", "go_live", "evaluate"]


def seed(*options: str) -> str:
    out = StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, once for all tests of this file; each of them undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        concept_template()
        with override_settings(DEBUG=True):
            seed()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _demo(_seeded: None, db: None, settings: Settings) -> None:
    settings.DEBUG = True


@pytest.mark.usefixtures("_demo")
def test_it_works() -> None:
    """[ED81] The concept of MB-2024-017 in its sections, and three younger proposals at different points."""
    first_drafts = Document.objects.select_related("proposal").filter(
        proposal__reference__lte="MB-2026-003", stage="concept"
    )
    filled = {
        document.proposal.reference: len(selectors.content_of(document).texts)
        and sum(bool(text) for text in selectors.content_of(document).texts.values())
        for document in first_drafts
    }
    assert filled == {"MB-2024-017": 9, "MB-2026-001": 9, "MB-2026-002": 4, "MB-2026-003": 0}
    first = Document.objects.get(proposal__reference="MB-2024-017", stage="concept")
    content = selectors.content_of(first)
    assert content.texts["summary"].startswith("Older people living with frailty often come to our emergency")
    assert content.forms["aim"]["to"] == "30% or more (average)"
    assert content.registers["people"][0]["who"] == "Emergency consultants"
    assert content.registers["drivers"][0]["idea"] == "CFS at triage"


@pytest.mark.usefixtures("_demo")
def test_the_first_one_is_at_its_evaluation() -> None:
    """[ED89] Approved with conditions that are all met, live since, and looked at by those who wrote it."""
    first = Proposal.objects.get(reference="MB-2024-017")
    assert (first.route, first.stage, first.status) == ("C", "evaluation", "drafting")
    assert Condition.objects.filter(decision__proposal=first, discharged_at__isnull=False).count() == 4
    assert not Condition.objects.filter(decision__proposal=first, discharged_at=None).exists()
    case = selectors.content_of(first.documents.get(stage="business_case"))
    assert len(case.registers["benefits"]) == 5
    assert case.texts["exec_summary"].startswith("We ask for a frailty team at the front door")
    evaluation = selectors.content_of(first.documents.get(stage="evaluation"))
    assert evaluation.texts["eval_summary"].startswith("Eighteen months after opening, about 32 in 100")
    assert evaluation.forms["recommendation"]["choice"] == "adapt"
    kinds = Thread.objects.filter(document__proposal=first).values_list("kind", "blocking")
    assert sorted(kinds) == [
        ("patient_point", False), ("question", False), ("question", False), ("question", True),
    ]  # fmt: skip


@pytest.mark.usefixtures("_demo")
def test_a_test_that_was_abandoned_and_a_change_that_is_paused() -> None:
    """[ED89] With the reasons where colleagues find them."""
    joyce = as_(Person.objects.get(email="joyce@marlbeck.example"))
    page = joyce.get("/proposals/MB-2026-014/").content.decode()
    assert "Dr Imre Tolland and Joyce Adebola decided to abandon it: People liked the table" in page
    page = joyce.get("/proposals/MB-2026-015/").content.decode()
    assert "Rhian Castell paused it: Two people nearly fell" in page
    chandra = as_(Person.objects.get(email="chandra@marlbeck.example"))
    assert "for you to let it go on" in chandra.get("/").content.decode()


@pytest.mark.usefixtures("_demo")
def test_everybody_can_sign_in() -> None:
    for account in ("imre", "petra", "mags", "sunil", "chandra", "dele", "grace", "eve"):
        person = Person.objects.get(email=f"{account}@marlbeck.example")
        assert person.check_password("coprod-demo")
    eve = Person.objects.get(email="eve@marlbeck.example")
    assert as_(eve).get("/proposals/MB-2024-017/concept/text/").status_code == 404
    imre = Person.objects.get(email="imre@marlbeck.example")
    assert as_(imre).get("/proposals/MB-2024-017/concept/text/").status_code == 200
    grace = Person.objects.get(email="grace@marlbeck.example")
    assert as_(grace).get("/proposals/MB-2024-017/concept/text/").status_code == 403


@pytest.mark.usefixtures("_demo")
def test_who_stands_beside_whom() -> None:
    beside = {
        (s.proposal.reference, s.membership.person.email.split("@")[0], s.role)
        for s in Supporter.objects.all()
    }
    assert ("MB-2024-017", "mags", "patient_partner") in beside
    assert ("MB-2024-017", "sunil", "coach") in beside
    assert ("MB-2024-017", "dele", "reader") in beside
    waiting = Proposal.objects.get(reference="MB-2026-003")
    assert not waiting.pair.stands
    assert all(each.pair.stands for each in Proposal.objects.exclude(pk=waiting.pk))


STANDS = {
    ("concept", "drafting"),
    ("concept", "submitted"),
    ("business_case", "in_review"),
    ("implementation", "testing"),
    ("implementation", "mobilising"),
    ("implementation", "live"),
    ("implementation", "paused"),
    ("closed", "abandoned"),
    ("evaluation", "drafting"),
    ("closed", "adopted"),
    ("closed", "declined"),
    ("closed", "withdrawn"),
}


@pytest.mark.usefixtures("_demo")
def test_every_stage_is_to_be_seen() -> None:
    """[ED88] In the committee's hands, sent back, tested, live, evaluated, adopted, declined, withdrawn."""
    assert set(Proposal.objects.values_list("stage", "status")) == STANDS
    back = Proposal.objects.get(reference="MB-2026-005")
    assert Thread.objects.filter(document__proposal=back, kind="change_request").count() == 3
    assert Condition.objects.filter(discharged_at=None, before_start=True).count() == 1
    assert Condition.objects.filter(discharged_at__isnull=False).count() == 5
    grace = as_(Person.objects.get(email="grace@marlbeck.example")).get("/").content.decode()
    assert "working days for you to take it in or send it back" in grace
    imre = as_(Person.objects.get(email="imre@marlbeck.example"))
    for proposal in Proposal.objects.all():
        assert imre.get(f"/proposals/{proposal.reference}/").status_code == 200
    assert "The committee saw no number" in imre.get("/search/?words=tablets").content.decode()


@pytest.mark.usefixtures("_demo")
def test_the_days_are_in_order() -> None:
    """[ED88] Told in the order in which it happened, over months, and nothing of it lies ahead."""
    moments = list(AuditEntry.objects.filter(verb__in=VERBS).order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= timezone.now()
    assert moments[-1] - moments[0] > timedelta(days=150)
    for proposal in Proposal.objects.all():
        moves = Transition.objects.filter(proposal=proposal).order_by("pk").values_list("at", flat=True)
        assert list(moves) == sorted(moves)
        assert proposal.created_at <= min(moves, default=timezone.now())
    for decision in Decision.objects.select_related("version"):
        assert decision.version.made_at < decision.at
    for launch in Launch.objects.select_related("proposal"):
        assert launch.live_on == timezone.localdate(launch.at) < launch.review_on
    assert [fault for _, fault in broken_chains() if fault] == []


@pytest.mark.usefixtures("_demo")
def test_every_text_that_was_handed_in_lacked_nothing() -> None:
    """[ED88] Both signed exactly what the committee reads."""
    for submission in Submission.objects.select_related("version"):
        signed = SignOff.objects.filter(sha256=submission.version.sha256).values_list("side", flat=True)
        assert set(signed) == {"clinician", "manager"}
    assert Submission.objects.count() == 19


@pytest.mark.usefixtures("_demo")
def test_the_committee_sits() -> None:
    """[RV14] Chandra has the chair, Grace is the secretary, Dele a member; eve finds nothing."""
    page = as_(Person.objects.get(email="grace@marlbeck.example")).get("/committees/investment-committee/")
    assert "<strong>Chandra Menon</strong>, chair" in page.content.decode()
    eve = as_(Person.objects.get(email="eve@marlbeck.example"))
    assert eve.get("/committees/investment-committee/").status_code == 404


@pytest.mark.usefixtures("_demo")
def test_seeding_again_doubles_nothing() -> None:
    """[ED80]"""
    before = (Person.objects.count(), Membership.objects.count(), Proposal.objects.count())
    assert "New proposals: none" in seed()
    assert seed("--once") == ""
    assert (Person.objects.count(), Membership.objects.count(), Proposal.objects.count()) == before


@pytest.mark.django_db
def test_it_refuses_in_real_use(settings: Settings) -> None:
    """[ED80]"""
    settings.DEBUG = False
    before = Person.objects.count()
    with pytest.raises(CommandError, match="only where DEBUG is on"):
        seed()
    assert Person.objects.count() == before


@pytest.mark.django_db
def test_every_answer_fits_the_template() -> None:
    """[ED81] Every answer of the demo has its field, and every choice is one of those offered."""
    concept_template()
    texts = [(stage, content_of(story, stage)) for story in stories() for stage in LATER if stage in story]
    texts += [("concept", content_of(story)) for story in stories()]
    for stage, content in texts:
        sections = {section.key: section for section in newest(stage).sections.all()}
        assert all(sections[key].has_prose for key in content.texts)
        for key, form in content.forms.items():
            assert_fits(sections[key].fields, form)
        for key, rows in content.registers.items():
            for row in rows:
                assert_fits(
                    sections[key].columns, {name: value for name, value in row.items() if name != "id"}
                )


LATER = ("business_case", "evaluation")


def newest(stage: str) -> Template:
    return Template.objects.filter(stage=stage).latest("valid_from", "pk")


def assert_fits(questions: list[dict[str, list[list[str]]]], values: dict[str, str]) -> None:
    known = {str(question["key"]): question for question in questions}
    assert set(values) <= set(known)
    for name, value in values.items():
        if choices := known[name].get("choices"):
            assert value in [choice[0] for choice in choices]


@pytest.mark.usefixtures("_demo")
def test_what_people_were_told_leads_to_their_proposals() -> None:
    """[NW17] The demo's numbers are given afterwards; and what happened before today is not mailed today."""
    references = dict(Proposal.objects.values_list("pk", "reference"))
    assert News.objects.exists()
    for row in News.objects.all():
        assert row.url == f"/proposals/{references[row.proposal]}/"
    assert not News.objects.filter(pending=True).exists()
    assert News.objects.filter(read_at=None).count() < News.objects.count() / 4
    assert News.objects.filter(person__email="grace@marlbeck.example", read_at=None).exists()
