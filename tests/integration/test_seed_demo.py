"""The demo: what it holds, that it can be seeded again, and that it stays away from real use."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from proposals.editing import selectors
from proposals.portfolio.models import Document, Proposal, Supporter
from proposals.workflow.demo.stories import content_of, stories
from tests.people import as_
from tests.proposals import concept_template
from workspaces.models import Membership, News, Person


def seed(*options: str) -> str:
    out = StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def _demo(db: None, settings: Settings) -> None:
    settings.DEBUG = True
    concept_template()
    seed()


@pytest.mark.usefixtures("_demo")
def test_it_works() -> None:
    """[ED81] The concept of MB-2024-017 in its sections, and three younger proposals at different points."""
    filled = {
        document.proposal.reference: len(selectors.content_of(document).texts)
        and sum(bool(text) for text in selectors.content_of(document).texts.values())
        for document in Document.objects.select_related("proposal")
    }
    assert filled == {"MB-2024-017": 9, "MB-2026-001": 9, "MB-2026-002": 4, "MB-2026-003": 0}
    first = Document.objects.get(proposal__reference="MB-2024-017")
    content = selectors.content_of(first)
    assert content.texts["summary"].startswith("Older people living with frailty often come to our emergency")
    assert content.forms["aim"]["to"] == "30% or more (average)"
    assert content.registers["people"][0]["who"] == "Emergency consultants"
    assert "    -   CFS at triage\n" in content.texts["drivers"]


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
    assert Proposal.objects.exclude(pk=waiting.pk).count() == 3


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
    with pytest.raises(CommandError, match="only where DEBUG is on"):
        seed()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_every_answer_fits_the_template() -> None:
    """[ED81] Every answer of the demo has its field, and every choice is one of those offered."""
    sections = {section.key: section for section in concept_template().sections.all()}
    for story in stories():
        content = content_of(story)
        assert all(sections[key].has_prose for key in content.texts)
        for key, form in content.forms.items():
            assert_fits(sections[key].fields, form)
        for key, rows in content.registers.items():
            for row in rows:
                assert_fits(
                    sections[key].columns, {name: value for name, value in row.items() if name != "id"}
                )


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
