"""A template as its file says it, checked so that a mistake names the file and the place."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from proposals.portfolio.domain.stages import Route, Stage
from workspaces.domain.pairing import Side

KINDS = ("text", "longtext", "number", "date", "choice")
LEADS = (*(side.value for side in Side), "both")
ROUTES = tuple(route.value for route in Route)
CROSSED = ("", "clinician", "manager")
KEY = re.compile(r"[a-z][a-z0-9_]{0,38}")
TEMPLATE_KEYS = {"stage", "version", "title", "valid_from", "source", "section"}
SECTION_KEYS = {
    "key",
    "title",
    "prompt",
    "help",
    "lead",
    "required",
    "routes",
    "crossed",
    "word_limit",
    "prose",
    "field",
    "column",
}
FIELD_KEYS = {"key", "label", "hint", "kind", "choices"}

# One single field or column: {"key", "label", "hint", "kind", "choices"}.
Field = dict[str, str | list[list[str]]]


class BadTemplateError(ValueError):
    """A template file says something that cannot be used; the sentence names file and place."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One section as the file says it."""

    key: str
    title: str
    prompt: str
    help: str
    lead: str
    required: bool
    word_limit: int | None
    has_prose: bool
    fields: tuple[Field, ...]
    columns: tuple[Field, ...]
    routes: tuple[str, ...] = ROUTES
    crossed: str = ""


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """A whole template as its file says it."""

    stage: str
    version: str
    title: str
    valid_from: date
    source: str
    sections: tuple[SectionSpec, ...]


def read(text: str, name: str) -> TemplateSpec:
    """Turn the text of a template file into a checked template."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadTemplateError(f"{name}: this is not valid TOML. {fault}.") from fault
    _known(said, TEMPLATE_KEYS, name)
    valid_from = said.get("valid_from")
    if not isinstance(valid_from, date):
        raise BadTemplateError(f"{name}: valid_from is missing or not a date such as 2026-01-01.")
    stage = _text(said, "stage", name)
    _one_of(stage, [s.value for s in Stage], f"{name}: stage")
    sections = tuple(_section(s, n, name) for n, s in enumerate(_tables(said, "section", name), start=1))
    if not sections:
        raise BadTemplateError(f"{name}: there are no sections.")
    _unlike((s.key for s in sections), f"{name}: two sections")
    return TemplateSpec(
        stage=stage,
        version=_text(said, "version", name),
        title=_text(said, "title", name),
        valid_from=valid_from,
        source=_text(said, "source", name),
        sections=sections,
    )


def _section(said: Mapping[str, object], number: int, name: str) -> SectionSpec:
    place = f"{name}, section {said.get('key') or number}"
    _known(said, SECTION_KEYS, place)
    lead = _text(said, "lead", place)
    _one_of(lead, LEADS, f"{place}: lead")
    limit = said.get("word_limit")
    if limit is not None and (not isinstance(limit, int) or limit < 1):
        raise BadTemplateError(f"{place}: word_limit is not a whole number above 0.")
    spec = SectionSpec(
        key=_key(said, place),
        title=_text(said, "title", place),
        prompt=_text(said, "prompt", place),
        help=_text(said, "help", place, empty=True),
        lead=lead,
        required=_flag(said, "required", place),
        word_limit=limit,
        has_prose=_flag(said, "prose", place),
        fields=_fields(said, "field", place),
        columns=_fields(said, "column", place),
        routes=_routes(said, place),
        crossed=_text(said, "crossed", place, empty=True),
    )
    _one_of(spec.crossed, CROSSED, f"{place}: crossed")
    if not (spec.has_prose or spec.fields or spec.columns):
        raise BadTemplateError(f"{place}: there is nothing to write. Give it prose, fields or columns.")
    return spec


def _routes(said: Mapping[str, object], place: str) -> tuple[str, ...]:
    """On which routes a required section is required; nothing said: on all."""
    routes = said.get("routes", list(ROUTES))
    if not isinstance(routes, list) or not routes or not set(routes) <= set(ROUTES):
        raise BadTemplateError(f'{place}: routes is a list such as ["B", "C"], of {", ".join(ROUTES)}.')
    return tuple(route for route in ROUTES if route in routes)


def _fields(said: Mapping[str, object], kind: str, place: str) -> tuple[Field, ...]:
    found = tuple(
        _field(f, f"{place}, {kind} {f.get('key') or n}")
        for n, f in enumerate(_tables(said, kind, place), start=1)
    )
    _unlike((str(f["key"]) for f in found), f"{place}: two {kind}s")
    return found


def _field(said: Mapping[str, object], place: str) -> Field:
    _known(said, FIELD_KEYS, place)
    kind = _text(said, "kind", place)
    _one_of(kind, KINDS, f"{place}: kind")
    field: Field = {
        "key": _key(said, place),
        "label": _text(said, "label", place),
        "hint": _text(said, "hint", place, empty=True),
        "kind": kind,
    }
    if kind == "choice":
        field["choices"] = _choices(said.get("choices"), place)
    elif "choices" in said:
        raise BadTemplateError(f"{place}: only a field of kind choice has choices.")
    return field


def _choices(said: object, place: str) -> list[list[str]]:
    pairs = said if isinstance(said, list) else []
    found = [
        [str(part) for part in pair]
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) and part for part in pair)
    ]
    if len(found) < 2 or len(found) != len(pairs):
        raise BadTemplateError(f'{place}: choices are at least two pairs such as ["yes", "Yes"].')
    _unlike((value for value, _label in found), f"{place}: two choices")
    return found


def _text(said: Mapping[str, object], key: str, place: str, *, empty: bool = False) -> str:
    value = said.get(key, "" if empty else None)
    if not isinstance(value, str) or not (empty or value.strip()):
        raise BadTemplateError(f"{place}: {key} is missing or not a text.")
    return value


def _key(said: Mapping[str, object], place: str) -> str:
    key = _text(said, "key", place)
    if not KEY.fullmatch(key):
        raise BadTemplateError(
            f"{place}: key may hold small letters, digits and _, and starts with a letter."
        )
    return key


def _flag(said: Mapping[str, object], key: str, place: str) -> bool:
    value = said.get(key, True)
    if not isinstance(value, bool):
        raise BadTemplateError(f"{place}: {key} is neither true nor false.")
    return value


def _tables(said: Mapping[str, object], key: str, place: str) -> list[Mapping[str, object]]:
    found = said.get(key, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise BadTemplateError(f"{place}: write each {key} under its own [[{key}]] heading.")
    return found


def _known(said: Mapping[str, object], known: set[str], place: str) -> None:
    if unknown := sorted(set(said) - known):
        raise BadTemplateError(
            f"{place}: {', '.join(unknown)} is not known here. Known: {', '.join(sorted(known))}."
        )


def _one_of(value: str, known: Iterable[str], place: str) -> None:
    if value not in (choices := list(known)):
        raise BadTemplateError(f"{place} is {value!r}; it can be {', '.join(choices)}.")


def _unlike(keys: Iterable[str], place: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise BadTemplateError(f"{place} have the key {key!r}.")
        seen.add(key)
