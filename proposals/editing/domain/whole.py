"""A whole document as one Markdown text: headings, answers, tables and prose, in the template's order."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from proposals.editing.domain.answers import Answer, Question, Row, answers, rows
from proposals.editing.domain.content import Content
from proposals.editing.domain.drawings import Branch, by_day, sentences, tree
from proposals.editing.domain.markdown import escaped


class Part(Protocol):
    """What is needed of a section of a template."""

    @property
    def key(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def fields(self) -> Sequence[Question]: ...

    @property
    def columns(self) -> Sequence[Question]: ...


class DrawnPart(Part, Protocol):
    """A section that also says how its table is shown."""

    @property
    def drawing(self) -> str: ...


def whole(title: str, parts: Iterable[DrawnPart], content: Content) -> str:
    """The document from its title to its last table; sections without content are left out."""
    written = [f"# {_cell(title)}", *(made for part in parts if (made := _part(part, content)))]
    return "\n\n".join(written) + "\n"


def part_markdown(part: DrawnPart, content: Content) -> str:
    """What a section says, without its heading: single answers first, then the table, then the prose."""
    table = rows(part.columns, content.registers.get(part.key, []))
    pieces = [
        _form(answers(part.fields, content.forms.get(part.key, {}))),
        _register(part, table),
        content.texts.get(part.key, "").rstrip("\n"),
    ]
    return "\n\n".join(piece for piece in pieces if piece)


def _part(part: DrawnPart, content: Content) -> str:
    said = part_markdown(part, content)
    return f"## {_cell(part.title)}\n\n{said}" if said else ""


def _form(given: Sequence[Answer]) -> str:
    return "\n".join(
        f"-   **{_cell(answer.label)}** {_cell(answer.shown)}" for answer in given if answer.value.strip()
    )


def _register(part: DrawnPart, table: tuple[Row, ...]) -> str:
    if part.drawing == "tree":
        return "\n".join(_branches(tree(table)))
    if part.drawing == "sentences":
        return "\n".join(f"-   {_cell(sentence)}" for sentence in sentences(table))
    if part.drawing == "days":
        return "\n".join(f"-   **{_cell(day)}** {_cell(what)}" for day, what in by_day(table))
    return _table([str(column["label"]) for column in part.columns], [row.cells for row in table])


def _branches(branches: Iterable[Branch], depth: int = 0) -> Iterable[str]:
    for branch in branches:
        yield f"{'    ' * depth}-   **{_cell(branch.label)}:** {_cell(branch.words)}"
        yield from _branches(branch.branches, depth + 1)


def _table(labels: list[str], table: list[tuple[Answer, ...]]) -> str:
    if not table:
        return ""
    lines = [[_cell(label) for label in labels], ["---"] * len(labels)]
    lines += [[_cell(answer.shown) for answer in cells] for cells in table]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: str) -> str:
    """A value on one line, in which nothing means anything to Markdown."""
    return escaped(" ".join(value.split())).replace("|", "\\|")
