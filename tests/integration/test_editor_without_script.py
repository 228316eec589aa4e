"""The editor page without script: all of it reads, nothing pretends to be a control."""

import re

from django.urls import reverse

from proposals.editing import services
from proposals.editing.domain.content import Content
from proposals.portfolio.models import Document, Supporter
from tests.people import as_
from tests.proposals import make_supporter
from workspaces.models import Person

CONTENT = Content(
    texts={"summary": "People **wait** too long.", "people": "A carer sits with us."},
    forms={"aim": {"measure": "Going home the same day", "direction": "up", "to": "30%", "by": "2026-03-31"}},
    registers={"people": [{"id": "r1", "who": "Ward <sisters>", "interest": "high"}]},
)


def page_of(document: Document, person: Person) -> str:
    if not document.epochs.exists():
        services.seed_content(document, CONTENT)
    address = reverse("editor", args=[document.proposal.reference, document.stage])
    return as_(person).get(address).content.decode()


def shown(page: str) -> str:
    """What a browser without script shows: templates are for scripts alone."""
    return re.sub(r"<template>.*?</template>", "", page, flags=re.DOTALL)


def test_it_works(document: Document, amara: Person) -> None:
    """[FE48]"""
    page = shown(page_of(document, amara))
    assert "<strong>wait</strong>" in page
    assert "Ward &lt;sisters&gt;" in page
    assert ">High</td>" in page
    assert "31 March 2026" in page
    assert "By 31 March 2026, going home the same day goes up" in page
    assert "Not answered yet" in page
    assert page.count("No rows yet.") == 4  # in the other tables; that of the people has a row
    assert "Nothing written yet." in page


def test_eve_gets_404(document: Document, eve: Person) -> None:
    address = reverse("editor", args=[document.proposal.reference, document.stage])
    assert as_(eve).get(address).status_code == 404


def test_nothing_pretends_to_be_a_control(document: Document, amara: Person) -> None:
    """[FE48] Buttons that need script are hidden until it runs; fields stand in templates only."""
    main = shown(page_of(document, amara)).split("<main", 1)[1].split("</main>", 1)[0]
    assert re.findall(r"<(?:input|select|textarea)\b", main) == []
    for button in re.findall(r"<button[^>]*>", main):
        before = main[: main.index(button)]
        part = before.rfind("<section")
        assert " hidden" in button or " hidden" in before[part : before.index(">", part)]


def test_a_reader_gets_the_reason(document: Document, dele: Person) -> None:
    """[FE48]"""
    make_supporter(document.proposal, dele, Supporter.COACH)
    page = page_of(document, dele)
    assert "write here." in page
    assert 'data-can-edit="false"' in page


def test_each_section_says_what_it_asks_and_who_leads(document: Document, amara: Person) -> None:
    """[FE40]"""
    page = page_of(document, amara)
    for section in document.template.sections.all():
        assert f'id="h-{section.key}"' in page
        assert f'id="hint-{section.key}"' in page
    assert "Led by the clinician" in page
    assert "Led by the manager" in page
    assert "Both of you" in page
