"""Who is called in a comment: @Ben, @Ben Adeyemi, @clinician, @manager, @patient-partner."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workspaces.domain.pairing import Side

# An address such as ben@example.nhs.uk calls nobody.
_CALL = re.compile(r"(?<![\w.@/+-])@(?=\w)")
_WORD = re.compile(r"[\w'\u2019-]+")
_SIDES = {
    "clinician": Side.CLINICIAN,
    "manager": Side.MANAGER,
    "patient-partner": Side.PATIENT_PARTNER,
    "patient partner": Side.PATIENT_PARTNER,
}
_MOST_CALLS = 50


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who can be called, and the side of this proposal they answer for, if any."""

    person: int
    name: str
    speaks_for: Side | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What can be written after @, and whom it calls."""

    call: str
    people: tuple[str, ...]
    side: Side | None = None

    @property
    def is_side(self) -> bool:
        """Whether it calls whoever answers for a side, not one person."""
        return self.side is not None and self.call in _SIDES


def names(readers: Sequence[Somebody], *, by: int) -> list[Name]:
    """Everything that somebody can write after @ and that calls another reader: people, then sides."""
    others = sorted((each for each in readers if each.person != by), key=lambda each: each.name.casefold())
    people = {each.name: Name(each.name, (each.name,), each.speaks_for) for each in others}
    sides = [
        Name(call, tuple(each.name for each in others if each.speaks_for is side), side)
        for call, side in _SIDES.items()
        if " " not in call
    ]
    return [*people.values(), *(name for name in sides if name.people)]


def calls(body: str) -> list[str]:
    """What follows each @, up to the end of its line."""
    found = [body[call.end() :].partition("\n")[0] for call in _CALL.finditer(body)]
    return found[:_MOST_CALLS]


def heard(called: Sequence[str], readers: Sequence[Somebody]) -> tuple[set[int], list[str]]:
    """Whom the calls reach, and the calls that reach nobody."""
    people: set[int] = set()
    rest = []
    for call in called:
        reached = {each.person for each in _meant(call, readers)}
        people |= reached
        if not reached:
            rest.append(call)
    return people, rest


def unheard(rest: Sequence[str], others: Sequence[Somebody]) -> list[str]:
    """The colleagues who were called but cannot see the text; other words after an @ are just words."""
    names = {each.name for call in rest for each in _meant(call, others)}
    return sorted(names)


def _meant(call: str, people: Sequence[Somebody]) -> list[Somebody]:
    """By full name, the longest first; by side; by first name, if only one has it."""
    full = sorted((each for each in people if _begins(call, each.name)), key=lambda each: -len(each.name))
    if full:
        return [each for each in full if each.name.casefold() == full[0].name.casefold()]
    for word, side in _SIDES.items():
        if _begins(call, word):
            return [each for each in people if each.speaks_for is side]
    first = list(_first_names(call, people))
    return first if len(first) == 1 else []


def _first_names(call: str, people: Sequence[Somebody]) -> Iterator[Somebody]:
    word = _WORD.match(call)
    for each in people:
        names = each.name.split(maxsplit=1)
        if word and names and names[0].casefold() == word[0].casefold():
            yield each


def _begins(call: str, words: str) -> bool:
    """Whether the call begins with these words, and not with longer ones."""
    after = call[len(words) :]
    return call[: len(words)].casefold() == words.casefold() and not (after[:1].isalnum() or after[:1] == "_")
