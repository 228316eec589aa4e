"""What a shared document says, as plain values: prose as Markdown, single fields, and the rows of tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

Fields = dict[str, str]
TEXT, FORM, REGISTER = "t:", "f:", "r:"


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one document, by section key."""

    texts: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Fields] = field(default_factory=dict)
    registers: dict[str, list[Fields]] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {"texts": self.texts, "forms": self.forms, "registers": self.registers}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "Content":
        """The content in a stored or received JSON object; what has another shape is left out."""
        return cls(
            texts=plain_fields(stored.get("texts")),
            forms={key: plain_fields(values) for key, values in _items(stored.get("forms"))},
            registers={key: plain_rows(rows) for key, rows in _items(stored.get("registers"))},
        )


def plain_fields(values: object) -> Fields:
    """The entries of a shared map that people can read: words, numbers and yes or no, all as text."""
    return {key: text for key, value in _items(values) if (text := plain(value)) is not None}


def plain_rows(rows: object) -> list[Fields]:
    if not isinstance(rows, Sequence) or isinstance(rows, str | bytes):
        return []
    return [plain_fields(row) for row in rows if isinstance(row, Mapping)]


def plain(value: object) -> str | None:
    """A single value as text, or None when it is of no kind a field can hold."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        # Yjs has one kind of number, so 3 arrives as 3.0.
        return str(int(value)) if isfinite(value) and value == int(value) else str(value)
    return None


def _items(values: object) -> list[tuple[str, object]]:
    if not isinstance(values, Mapping):
        return []
    return [(key, value) for key, value in values.items() if isinstance(key, str)]
