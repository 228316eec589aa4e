"""What people filled in, as a page shows it: each value beside its question, in words and with its signs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from proposals.editing.domain.markdown import parse
from proposals.portfolio.domain.figures import figure
from proposals.portfolio.domain.filling import choices_of

Question = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """One field or cell."""

    key: str
    label: str
    hint: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    value: str

    @property
    def shown(self) -> str:
        """The value in words: the label of a choice, a date and an amount as people write them."""
        if self.choices:
            return dict(self.choices).get(self.value, self.value)
        return _SHOWN.get(self.kind, str)(self.value)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with a cell for each column of the template."""

    id: str
    cells: tuple[Answer, ...]


def answers(questions: Iterable[Question], values: Mapping[str, str]) -> tuple[Answer, ...]:
    """Every question of a form with what was answered, empty where nothing was."""
    return tuple(
        Answer(
            key=str(question["key"]),
            label=str(question["label"]),
            hint=str(question.get("hint", "")),
            kind=str(question.get("kind", "text")),
            choices=choices_of(question),
            value=values.get(str(question["key"]), ""),
        )
        for question in questions
    )


def rows(columns: Sequence[Question], found: Iterable[Mapping[str, str]]) -> tuple[Row, ...]:
    """The rows of a table in their order."""
    return tuple(Row(id=row.get("id", ""), cells=answers(columns, row)) for row in found)


def day(value: str) -> str:
    """2026-03-31 as 31 March 2026; whatever else somebody typed stays as it is."""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{found.day} {found:%B %Y}"


def words(markdown: str) -> int:
    """How many words a reader reads; the numbers of a list and lone signs are none."""
    read = (word for block in parse(markdown) for word in block.text.split())
    return sum(any(letter.isalnum() for letter in word) for word in read)


def pounds(value: str) -> str:
    """25000 as £25,000 and 1.5k as £1,500; whatever is no amount stays as it is."""
    amount = figure(value)
    if amount is None:
        return value
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}£{size:,.0f}" if size == size.to_integral_value() else f"{sign}£{size:,.2f}"


def per_cent(value: str) -> str:
    """30 as 30%; whatever is no figure stays as it is."""
    said = value.strip()
    return value if figure(said) is None or said.endswith("%") else f"{said}%"


_SHOWN = {"date": day, "money": pounds, "percent": per_cent}
