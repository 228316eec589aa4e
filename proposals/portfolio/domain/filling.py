"""What a section still needs, in sentences for the people who write it. Each names its field.

The same sentences stand on the page, in the API and in the way of a submission.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from proposals.portfolio.domain.figures import figure

Question = Mapping[str, object]
Values = Mapping[str, str]
# The most rows a table can have where its template says nothing.
MOST_ROWS = 100
YES_OR_NO = (("yes", "Yes"), ("no", "No"))
_FIGURES = {
    "number": "a number. Write it in figures, for example 12 or 12.5.",
    "money": "an amount of money. Write pounds in figures, for example 25,000.",
    "percent": "a percentage. Write it in figures, for example 30 or 30%.",
}


class Part(Protocol):
    """What is needed of a section of a template: a row or what its file says."""

    @property
    def title(self) -> str: ...

    @property
    def has_prose(self) -> bool: ...

    @property
    def prose_required(self) -> bool: ...

    @property
    def fields(self) -> Sequence[Question]: ...

    @property
    def columns(self) -> Sequence[Question]: ...

    @property
    def min_rows(self) -> int: ...

    @property
    def min_rows_on(self) -> Mapping[str, int]: ...

    @property
    def max_rows(self) -> int | None: ...


def missing(  # noqa: PLR0917 - the parts of a section
    section: Part, text: str, form: Values, rows: Iterable[Values], *, route: str = ""
) -> list[str]:
    """Everything that a required section still needs on that route; empty once it is complete."""
    filled = _filled(section, rows)
    if not (text.strip() or any(form.get(_key(field), "").strip() for field in section.fields) or filled):
        return [f"Nothing is written in “{section.title}” yet."]
    said = [
        *(f"“{_label(field)}” is not answered yet." for field in _unanswered(section, form)),
        *_wrong_answers(section, form),
        *_gaps(section, filled, route),
        *_wrong_rows(section, filled),
    ]
    if section.has_prose and section.prose_required and not text.strip():
        said.append(f"The text of “{section.title}” is still empty.")
    return said


def wrong(section: Part, form: Values, rows: Iterable[Values]) -> list[str]:
    """What cannot be used as it stands, also where the section may stay empty."""
    return [*_wrong_answers(section, form), *_wrong_rows(section, _filled(section, rows))]


def why_not(question: Question, value: str) -> str:
    """The sentence that says why an answer cannot be used; empty if it can. An empty answer is none."""
    said = value.strip()
    if not said or (expected := _expected(question, said)) is None:
        return ""
    shown = said if len(said) <= 40 else f"{said[:39]}…"
    return f"“{_label(question)}” says “{shown}”, which is not {expected}"


def choices_of(question: Question) -> tuple[tuple[str, str], ...]:
    """What can be chosen, with its words."""
    if question.get("kind") == "yesno":
        return YES_OR_NO
    pairs = question.get("choices")
    found = pairs if isinstance(pairs, Sequence) and not isinstance(pairs, str) else ()
    return tuple((str(value), str(label)) for value, label in found)


def listed(words: Sequence[str], joint: str = "and") -> str:
    """1, 2 and 5."""
    return f" {joint} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def _expected(question: Question, said: str) -> str | None:
    """What should stand there instead, to follow "which is not"; None when it is right."""
    kind = str(question.get("kind", "text"))
    if kind in _FIGURES:
        return _FIGURES[kind] if figure(said) is None else None
    if kind == "date":
        return None if _is_day(said) else "a date. Choose a day, for example 31 March 2027."
    if kind in {"choice", "yesno"}:
        choices = dict(choices_of(question))
        words = listed(list(choices.values()), "or")
        return None if said in choices else f"one of the answers. Choose {words}."
    return None


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


def _unanswered(section: Part, form: Values) -> list[Question]:
    """A section that is nothing but a form asks for every answer, unless its template says otherwise."""
    alone = not (section.has_prose or section.columns)
    return [
        field
        for field in section.fields
        if field.get("required", alone) and not form.get(_key(field), "").strip()
    ]


def _wrong_answers(section: Part, form: Values) -> list[str]:
    told = (why_not(field, form.get(_key(field), "")) for field in section.fields)
    return [sentence for sentence in told if sentence]


# A row by the number people see.
Numbered = list[tuple[int, Values]]


def _filled(section: Part, rows: Iterable[Values]) -> Numbered:
    """The rows with anything in them; empty ones count for nothing and are in nobody's way."""
    keys = [_key(column) for column in section.columns]
    return [
        (nth, row) for nth, row in enumerate(rows, start=1) if any(row.get(key, "").strip() for key in keys)
    ]


def _gaps(section: Part, filled: Numbered, route: str) -> list[str]:
    """Too few rows, cells that must be filled, and kinds of row that must be there."""
    least = section.min_rows_on.get(route, section.min_rows)
    told = []
    if section.columns and len(filled) < least:
        rows = "1 row" if least == 1 else f"{least} rows"
        told.append(f"The table of “{section.title}” needs at least {rows} and has {len(filled)}.")
    for column in section.columns:
        told += _column_gaps(column, filled)
    return told


def _column_gaps(column: Question, filled: Numbered) -> list[str]:
    key, label = _key(column), _label(column)
    empty = [nth for nth, row in filled if not row.get(key, "").strip()]
    told = [f"“{label}” is empty in {_rows(empty)}."] if column.get("required") and empty else []
    least = column.get("at_least", 0)
    if isinstance(least, int) and len(filled) - len(empty) < least:
        told.append(f"“{label}” needs at least {least} and has {len(filled) - len(empty)}.")
    wanted = column.get("each", ())
    present = {row.get(key, "").strip() for _, row in filled}
    words = dict(choices_of(column))
    if isinstance(wanted, Sequence):
        lacking = [words.get(str(value), str(value)) for value in wanted if value not in present]
        told += [f"“{label}” needs a row that says “{word}”." for word in lacking]
    return told


def _wrong_rows(section: Part, filled: Numbered) -> list[str]:
    """Too many rows, cells of the wrong kind, and what may be said only once."""
    most = section.max_rows or MOST_ROWS
    told = []
    if section.columns and len(filled) > most:
        spare = len(filled) - most
        told.append(
            f"The table of “{section.title}” has {len(filled)} rows and can have {most}. "
            f"Take {spare} out, or put some together."
        )
    for column in section.columns:
        for nth, row in filled:
            if sentence := why_not(column, row.get(_key(column), "")):
                told.append(f"Row {nth}: {sentence}")
        told += _doubled(column, filled)
    return told


def _doubled(column: Question, filled: Numbered) -> list[str]:
    if not column.get("unique"):
        return []
    where: dict[str, list[int]] = defaultdict(list)
    for nth, row in filled:
        if said := row.get(_key(column), "").strip():
            where[said].append(nth)
    words = dict(choices_of(column))
    return [
        f"“{_label(column)}” says “{words.get(said, said)}” in {_rows(rows)}. Only one row can say that."
        for said, rows in where.items()
        if len(rows) > 1
    ]


def _rows(numbers: Sequence[int]) -> str:
    return f"row{'s' if len(numbers) > 1 else ''} {listed([str(nth) for nth in numbers])}"


def _key(question: Question) -> str:
    return str(question["key"])


def _label(question: Question) -> str:
    return str(question["label"])
