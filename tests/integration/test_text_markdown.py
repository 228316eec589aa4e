"""The text of a stage as a Markdown file."""

from django.urls import reverse

from proposals.editing import services
from proposals.portfolio.models import Document
from tests.integration.test_text import FULL
from tests.people import as_
from workspaces.models import AuditEntry, Person


def address(document: Document) -> str:
    return reverse("text_markdown", args=[document.proposal.reference, document.stage])


def test_it_works(document: Document, amara: Person) -> None:
    """[ED78] One file with headings, answers, tables and prose; empty sections are left out."""
    services.seed_content(document, FULL)
    answer = as_(amara).get(address(document))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="mb-2026-001-concept.md"'
    assert text.startswith(
        "# A frailty team at the front door\n\n## In a few words\n\nPeople wait **too long**.\n"
    )
    assert "-   **From** 21%" in text
    assert "-   **By when** 31 March 2026" in text
    assert "| Ward sisters | High |  | Worried &lt;b> |  |" in text
    assert "## What we ask for" not in text


def test_the_record_keeps_who_took_it(document: Document, amara: Person, eve: Person) -> None:
    """[ED78] Whoever got nothing took nothing, and the proposal page does not tell."""
    services.seed_content(document, FULL)
    client = as_(amara)
    client.get(address(document))
    client.get(reverse("text_notes_markdown", args=[document.proposal.reference, document.stage]))
    as_(eve).get(address(document))
    taken = AuditEntry.objects.filter(verb="export", target=f"proposal:{document.proposal_id}", by=amara)
    assert [entry.facts["form"] for entry in taken.order_by("pk")] == ["markdown", "markdown with notes"]
    assert not AuditEntry.objects.filter(verb="export").exclude(by=amara).exists()
    assert "export" not in client.get(f"/proposals/{document.proposal.reference}/").content.decode().lower()


def test_eve_gets_404(document: Document, eve: Person) -> None:
    assert as_(eve).get(address(document)).status_code == 404


def test_whoever_is_not_invited_gets_403(document: Document, chandra: Person) -> None:
    """[PF24]"""
    services.seed_content(document, FULL)
    answer = as_(chandra).get(address(document))
    assert answer.status_code == 403
    assert "People wait" not in answer.content.decode()
