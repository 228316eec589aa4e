"""Rows of a table that read better as something else: a tree, sentences, or a list in the order of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from proposals.editing.domain.answers import Answer, Row

GAP = "…"
_SENTENCE = ("objective", "measure", "from", "to", "by", "owner")


@dataclass(slots=True)
class Branch:
    """A box of a tree: what it says, what kind of thing it is, and what hangs from it."""

    label: str
    words: str
    branches: list["Branch"] = field(default_factory=list)


def tree(rows: Iterable[Row]) -> list[Branch]:
    """Each column is a level. Rows with the same words share a branch.

    What is empty before the first words of a row is as in the row above; empty after them skips a level.
    """
    top: list[Branch] = []
    path: list[str] = []
    for row in rows:
        said = [_line(cell.shown) for cell in row.cells]
        first = next((nth for nth, words in enumerate(said) if words), None)
        if first is None:
            continue
        path = [*(path or said)[:first], *said[first:]]
        level = top
        for cell, words in zip(row.cells, path, strict=True):
            if words:
                level = _grown(level, cell.label, words).branches
    return top


def sentences(rows: Iterable[Row]) -> list[str]:
    """Every objective as a sentence; a gap shows as …, and other columns follow with their names."""
    return [_sentence(row) for row in rows if _said(row.cells)]


def by_day(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """When, and what: in the order of the first column of days; what has no day stands last."""
    found = [(_day(row), row.cells) for row in rows if _said(row.cells)]
    found.sort(key=lambda each: (each[0] is None, each[0] and each[0].value))
    return [(day.shown if day else "No day yet", _others(cells, day)) for day, cells in found]


def _grown(level: list[Branch], label: str, words: str) -> Branch:
    same = (label, words.casefold())
    for branch in level:
        if (branch.label, branch.words.casefold()) == same:
            return branch
    level.append(Branch(label, words))
    return level[-1]


def _sentence(row: Row) -> str:
    said = {cell.key: _line(cell.shown) for cell in row.cells}
    or_gap = {key: said.get(key) or GAP for key in _SENTENCE}
    start = f"{said['objective'].rstrip('.')}: " if said.get("objective") else ""
    sentence = "{start}{measure}, from {from} to {to} by {by}. {owner} answers for it.".format(
        start=start, **or_gap
    )
    rest = _pairs(cell for cell in row.cells if cell.key not in _SENTENCE)
    return f"{sentence} {rest}".strip()


def _day(row: Row) -> Answer | None:
    for cell in row.cells:
        if cell.kind == "date":
            return cell if _is_day(cell.value) else None
    return None


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _others(cells: Sequence[Answer], day: Answer | None) -> str:
    """The first words stand alone, the other cells with the names of their columns."""
    left = [cell for cell in cells if cell is not day and _line(cell.shown)]
    if not left:
        return GAP
    first = _line(left[0].shown) if left[0] is cells[0] else _pairs(left[:1])
    rest = _pairs(left[1:])
    return f"{first.rstrip('.')}. {rest}".rstrip() if rest else first


def _pairs(cells: Iterable[Answer]) -> str:
    return " ".join(f"{cell.label}: {words.rstrip('.')}." for cell in cells if (words := _line(cell.shown)))


def _said(cells: Iterable[Answer]) -> bool:
    return any(cell.value.strip() for cell in cells)


def _line(words: str) -> str:
    return " ".join(words.split())
