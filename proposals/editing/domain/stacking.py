"""Rows of a wide table one below the other: each under its own name, every answer beside its question."""

from collections.abc import Sequence
from dataclasses import dataclass

from proposals.editing.domain.answers import Answer, Question, Row

# How much room a column of each kind needs beside the others. What is wider than a page can hold is stacked:
# seven columns of amounts are compared side by side, eleven of words cannot be read so.
ROOM = {"longtext": 6, "text": 4, "choice": 3}
NARROW, PAGE = 2, 22
# “B1” is a number and no name: what stands beside it belongs to it.
NUMBER_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Record:
    """One row: what it is called, and its other answers."""

    name: str
    answers: tuple[Answer, ...]


def is_wide(columns: Sequence[Question]) -> bool:
    """Whether these columns side by side are too many for a page."""
    return sum(ROOM.get(str(column.get("kind", "text")), NARROW) for column in columns) > PAGE


def record(row: Row) -> Record:
    """A row by the first thing that is said in it."""
    said = [place for place, cell in enumerate(row.cells) if cell.value.strip()]
    name = said[: 2 if said and len(row.cells[said[0]].shown) <= NUMBER_LENGTH else 1]
    rest = tuple(cell for place, cell in enumerate(row.cells) if place not in name)
    return Record(" ".join(row.cells[place].shown for place in name), rest)
