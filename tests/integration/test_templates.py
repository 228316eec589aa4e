"""The templates of an organisation: listed, read, copied, looked at and published by its admins."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from proposals.portfolio import services, templates
from proposals.portfolio.domain.pathway import read
from proposals.portfolio.domain.routes import Level
from proposals.portfolio.domain.stages import Stage
from proposals.portfolio.domain.writing import written
from proposals.portfolio.models import DelegationLimit, Template
from proposals.portfolio.selectors import limits_of
from tests.people import Cast, as_
from workspaces.domain.pairing import Side
from workspaces.models import AuditEntry, Membership

LIST = "/organisations/marlbeck-trust/templates/"


@pytest.fixture
def concept(db: None) -> Template:
    templates.load()
    return Template.objects.get(stage="concept", version="2026.2")


def text_of(client: Client, template: Template) -> str:
    return client.get(f"{LIST}{template.pk}/file/").content.decode()


def ours(text: str, version: str = "M1") -> str:
    day = timezone.localdate().isoformat()
    return text.replace('version = "2026.2"', f'version = "{version}"').replace("2026-11-01", day)


def test_it_works(cast: Cast, concept: Template) -> None:
    """[PF43] Versions by stage, which is in force, and each with all it asks."""
    client = as_(cast.amara)
    html = client.get(LIST).content.decode()
    assert html.count("In force") == 3
    assert "Concept 2026.1" in html
    one = client.get(f"{LIST}{concept.pk}/").content.decode()
    assert "Who has what problem, what would you try, and what would be different?" in one
    assert "The manager confirms it too." in one
    assert "One of several answers: High, Medium, Low" in one
    assert "Templates of Marlbeck Trust" in client.get("/workspaces/marlbeck-urgent-care/").content.decode()


def test_eve_gets_404(cast: Cast, concept: Template) -> None:
    """[PF44] Only admins of the organisation: no stranger, no other member, no former admin."""
    Membership.objects.filter(person=cast.ben).update(ended_at=timezone.now())
    for person in (cast.eve, cast.dele, cast.ben):
        client = as_(person)
        for page in ("", f"{concept.pk}/", f"{concept.pk}/file/", f"{concept.pk}/copy/"):
            assert client.get(LIST + page).status_code == 404
        assert client.post(f"{LIST}{concept.pk}/copy/", {"publish": "1"}).status_code == 404


def test_another_organisation_s_template_is_not_there(cast: Cast, concept: Template) -> None:
    """[PF44] Eve publishes hers; Amara does not find it."""
    client = as_(cast.eve)
    page = f"/organisations/thornby-trust/templates/{concept.pk}/"
    text = client.get(f"{page}file/").content.decode()
    client.post(f"{page}copy/", {"text": ours(text), "publish": "1"})
    theirs = Template.objects.get(version="M1")
    assert "Concept M1" not in as_(cast.amara).get(LIST).content.decode()
    assert as_(cast.amara).get(f"{LIST}{theirs.pk}/").status_code == 404


def test_a_copy_is_looked_at_and_published(cast: Cast, concept: Template) -> None:
    """[PF45] A look publishes nothing; proposals that have begun keep what they began with."""
    client = as_(cast.amara)
    page = f"{LIST}{concept.pk}/copy/"
    assert "The problem" in client.get(page).content.decode()
    clinician, manager = (
        Membership.objects.select_related("person").get(person=person) for person in (cast.amara, cast.ben)
    )
    assert clinician.side == Side.CLINICIAN
    old = services.propose(cast.workspace, "Before", manager, by=cast.amara)
    text = ours(text_of(client, concept)).replace('title = "The aim"', 'title = "What we aim at"')
    look = client.post(page, {"text": text, "preview": "1"})
    assert "This is how Concept M1 reads" in look.content.decode()
    assert "What we aim at" in look.content.decode()
    assert not Template.objects.filter(version="M1").exists()
    answer = client.post(page, {"text": text, "publish": "1"}, follow=True)
    assert "“Concept M1” is published." in answer.content.decode()
    new = services.propose(cast.workspace, "After", manager, by=cast.amara)
    assert old.documents.get().template == concept
    template = new.documents.get().template
    assert (template.version, template.organisation) == ("M1", cast.workspace.organisation)
    assert template.sections.get(key="aim").title == "What we aim at"
    assert AuditEntry.objects.get(verb="publish_template").facts["template"] == "Concept M1"


def test_a_file_can_be_sent(cast: Cast, concept: Template) -> None:
    """[PF45] It takes the place of the text, and the page shows it from then on."""
    client = as_(cast.amara)
    sent = SimpleUploadedFile("ours.toml", ours(text_of(client, concept)).encode())
    page = f"{LIST}{concept.pk}/copy/"
    answer = client.post(page, {"text": "old words", "file": sent, "preview": "1"})
    look = unescape(answer.content.decode())
    assert 'version = "M1"' in look
    assert "old words" not in look
    wrong = SimpleUploadedFile("ours.docx", b"\xff\xfe\x00")
    answer = client.post(page, {"file": wrong, "publish": "1"})
    assert answer.status_code == 422
    assert "This is not a plain text file" in answer.content.decode()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('lead = "both"', 'lead = "king"', "Your file, section summary: lead is 'king'"),
        ("word_limit = 120", "word_limit = 0", "(line 16)"),
        ('kind = "text"', 'kind = "words"', "kind is 'words'"),
        ("stage = ", "stage ", "this is not valid TOML"),
        ("max_rows = 10", "max_rows = 10\nmin_rows = 11", "less than the 11 rows asked for"),
    ],
)
@pytest.mark.parametrize("button", ["preview", "publish"])
def test_a_mistake_is_told_with_its_line(  # noqa: PLR0917 - a case is three words
    cast: Cast, concept: Template, old: str, new: str, words: str, button: str
) -> None:
    """[PF45] 422, the text stays in the box, and nothing is written."""
    client = as_(cast.amara)
    text = ours(text_of(client, concept)).replace(old, new, 1)
    answer = client.post(f"{LIST}{concept.pk}/copy/", {"text": text, button: "1"})
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert "Your file" in answer.content.decode()
    assert not Template.objects.filter(version="M1").exists()


def test_what_cannot_be_published(cast: Cast, concept: Template) -> None:
    """[PF45] A version that is there already, a first day that has passed, nothing at all."""
    client = as_(cast.amara)
    page, text = f"{LIST}{concept.pk}/copy/", ours(text_of(client, concept))
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    client.post(page, {"text": text, "publish": "1"})
    for sent, words in (
        (text, "version M1 has been published already."),
        (text.replace("Aim", "Goal").replace("The aim", "The goal"), "A published version never changes"),
        (text.replace("M1", "M2").replace(timezone.localdate().isoformat(), yesterday), "which has passed"),
        (" ", "Write the template, or send its file."),
    ):
        answer = client.post(page, {"text": sent, "publish": "1"})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Template.objects.filter(organisation__isnull=False).count() == 1


def test_limits_are_dated_rows(cast: Cast) -> None:
    """[PF42] An organisation's own come before everybody's; a new one begins on its day."""
    today, organisation = timezone.localdate(), cast.workspace.organisation
    for level, pounds in (("division", 100_000), ("committee", 1_000_000)):
        facts = {"revenue": pounds, "capital": pounds, "source": "x"}
        DelegationLimit.objects.get_or_create(
            level=level,
            organisation=None,
            valid_from=today.replace(year=2026, month=1, day=1),
            defaults=facts,
        )
    for day, pounds in ((today, 40_000), (today + timedelta(days=1), 60_000)):
        DelegationLimit.objects.create(
            level="division",
            organisation=organisation,
            valid_from=day,
            revenue=pounds,
            capital=0,
            source="Ours",
        )
    assert limits_of(organisation, today)[Level.DIVISION].revenue == 40_000
    assert limits_of(organisation, today + timedelta(days=1))[Level.DIVISION].revenue == 60_000
    assert limits_of(organisation, today)[Level.COMMITTEE].revenue == 1_000_000
    assert limits_of(cast.elsewhere.organisation, today)[Level.DIVISION].revenue == 100_000


def test_the_file_reads_as_the_template_it_came_from(concept: Template) -> None:
    """[PF45] For every template there is."""
    for template in Template.objects.all():
        spec = templates.spec_of(template)
        assert read(written(spec), "t.toml") == spec
    assert templates.in_force(Stage.CONCEPT, timezone.localdate()) == concept
