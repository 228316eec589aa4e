"""/api/documents/<id>/check/: content for one section, held against its template before it is written."""

from typing import Any

import pytest

from proposals.editing.models import Epoch
from proposals.portfolio.models import Document
from tests.people import as_
from workspaces.models import Person

ROW = {"who": "Ward sisters", "interest": "high", "influence": "low", "response": "Meet them"}


def sent(document: Document, person: Person, **body: Any) -> Any:
    address = f"/api/documents/{document.pk}/check/"
    return as_(person).post(address, body, content_type="application/json")


def test_it_works(document: Document, amara: Person) -> None:
    """[PF39] What is missing is said; nothing is written."""
    whole = {"involvement": "involved", "partner": "Mags"}
    rows = [{"id": "a", **ROW}, {**ROW, "who": "Carers"}]
    answer = sent(document, amara, section="people", text="They write with us.", form=whole, rows=rows)
    assert (answer.status_code, answer.json()) == (200, {"section": "people", "gaps": []})
    answer = sent(document, amara, section="people", form=whole, rows=rows[:1])
    assert answer.json()["gaps"] == [
        "The table of “People” needs at least 2 rows and has 1.",
        "The text of “People” is still empty.",
    ]
    assert not Epoch.objects.exists()


def test_eve_gets_404(document: Document, eve: Person) -> None:
    """[PF1]"""
    assert sent(document, eve, section="people").status_code == 404


@pytest.mark.parametrize(
    ("body", "part", "sentence"),
    [
        ({"section": "weather"}, "section", "This document has no section “weather”."),
        (
            {"section": "people", "form": {"involvement": "a bit"}},
            "form",
            "“How far patients and carers are part of it” says “a bit”, which is not one of the answers.",
        ),
        ({"section": "people", "form": {"colour": "red"}}, "form", "This section has no field “colour”."),
        ({"section": "people", "rows": [{"age": "7"}]}, "rows", "This section has no column “age”."),
        (
            {"section": "people", "rows": [{**ROW, "who": str(nth)} for nth in range(26)]},
            "rows",
            "The table of “People” has 26 rows and can have 25. Take 1 out, or put some together.",
        ),
        (
            {"section": "problem", "form": {"per_month": "many"}},
            "form",
            "“How many of them in a month” says “many”, which is not a number.",
        ),
        ({"section": "aim", "text": "Words"}, "text", "“The aim” has no text."),
        ({"section": "people", "rows": "many"}, "rows", "Expected a list of items"),
        ({"section": "people", "form": {"partner": ["Mags"]}}, "form.partner", "Not a valid string."),
    ],
)
def test_what_cannot_be_used_is_named(  # noqa: PLR0917 - a case is three words
    document: Document, amara: Person, body: dict[str, Any], part: str, sentence: str
) -> None:
    """[PF39] 422, with a sentence under its name, and nothing half-written."""
    answer = sent(document, amara, **body)
    malformed = sentence.startswith(("Expected", "Not a valid"))
    assert answer.status_code == (400 if malformed else 422)
    assert any(told.startswith(sentence) for told in answer.json()["errors"][part])
    assert not Epoch.objects.exists()
