"""The numbered paragraphs of a version, to point at: 3.2 is the second one of the third section."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from proposals.editing.domain.answers import answers, rows
from proposals.editing.domain.content import Content
from proposals.editing.domain.markdown import parse
from proposals.editing.domain.whole import Part


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An answer, a row of a table, or a block of prose."""

    number: str
    section: str
    text: str

    def as_json(self) -> dict[str, str]:
        return {"number": self.number, "section": self.section, "text": self.text}


def paragraphs(parts: Iterable[Part], content: Content) -> list[Paragraph]:
    """Everything a version says, in the order of reading. Sections count also when they are empty."""
    return [
        Paragraph(f"{nth}.{at}", part.key, text)
        for nth, part in enumerate(parts, start=1)
        for at, text in enumerate(_said(part, content), start=1)
    ]


def _said(part: Part, content: Content) -> Iterator[str]:
    for answer in answers(part.fields, content.forms.get(part.key, {})):
        if answer.value.strip():
            yield f"{answer.label} {answer.shown}"
    for row in rows(part.columns, content.registers.get(part.key, [])):
        yield "; ".join(f"{cell.label}: {cell.shown}" for cell in row.cells if cell.value.strip())
    for block in parse(content.texts.get(part.key, "")):
        yield block.text
