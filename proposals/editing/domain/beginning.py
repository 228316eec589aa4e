"""What a new document starts from: what was handed in before, where its template says so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from proposals.editing.domain.content import Content, Fields
from proposals.editing.domain.whole import Part as WholePart


class Part(WholePart, Protocol):
    """What is needed of a section of a template."""

    @property
    def copies(self) -> str: ...


def beginning(parts: Iterable[Part], handed_in: Sequence[Content]) -> Content:
    """The start of a document. Only what both sections ask for goes over; the last source counts."""
    start = Content()
    for part in parts:
        if not part.copies:
            continue
        for before in handed_in:
            if answers := _kept(before.forms.get(part.copies, {}), part.fields):
                start.forms[part.key] = answers
            rows = [
                {"id": row["id"], **kept} if "id" in row else kept
                for row in before.registers.get(part.copies, [])
                if (kept := _kept(row, part.columns))
            ]
            if rows:
                start.registers[part.key] = rows
    return start


def _kept(said: Mapping[str, str], questions: Iterable[Mapping[str, object]]) -> Fields:
    asked = {str(question["key"]) for question in questions}
    return {key: value for key, value in said.items() if key in asked and value.strip()}
