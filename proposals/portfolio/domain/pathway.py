"""A template as its file says it, checked so that a mistake names the file, the place and the line."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from proposals.portfolio.domain.place import BadTemplateError, Place, lines_of
from proposals.portfolio.domain.question import Field, questions
from proposals.portfolio.domain.stages import Route, Stage
from workspaces.domain.pairing import Side

__all__ = ["BadTemplateError", "Field", "SectionSpec", "TemplateSpec", "read"]

LEADS = (*(side.value for side in Side), "both")
ROUTES = tuple(route.value for route in Route)
CROSSED = ("clinician", "manager")
DRAWINGS = ("tree", "sentences", "days")
TEMPLATE_KEYS = ("stage", "version", "title", "valid_from", "source", "section")
SECTION_KEYS = (
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
    "min_rows",
    "min_rows_on",
    "max_rows",
    "copies",
    "drawing",
)


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
    prose_required: bool = True
    min_rows: int = 0
    min_rows_on: Mapping[str, int] = field(default_factory=dict)
    max_rows: int | None = None
    copies: str = ""
    drawing: str = ""


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
    place = Place(name, said, lines_of(text))
    place.known(TEMPLATE_KEYS)
    valid_from = said.get("valid_from")
    if not isinstance(valid_from, date):
        raise place.wrong("valid_from is missing or not a date such as 2026-01-01.", "valid_from")
    stage = place.one_of("stage", [stage.value for stage in Stage])
    places = place.tables("section")
    if not places:
        raise place.wrong("there are no sections.")
    sections = tuple(_section(each) for each in places)
    place.unlike("section", places)
    return TemplateSpec(
        stage=stage,
        version=place.text("version"),
        title=place.text("title"),
        valid_from=valid_from,
        source=place.text("source"),
        sections=sections,
    )


def _section(place: Place) -> SectionSpec:
    place.known(SECTION_KEYS)
    has_prose, prose_required = _prose(place)
    spec = SectionSpec(
        key=place.key(),
        title=place.text("title"),
        prompt=place.text("prompt"),
        help=place.text("help", empty=True),
        lead=place.one_of("lead", LEADS),
        required=place.flag("required"),
        word_limit=place.count("word_limit"),
        has_prose=has_prose,
        fields=questions(place, "field"),
        columns=questions(place, "column"),
        routes=_routes(place),
        crossed=place.one_of("crossed", CROSSED, empty=True),
        prose_required=prose_required,
        min_rows=place.count("min_rows", least=0) or 0,
        min_rows_on=_rows_by_route(place),
        max_rows=place.count("max_rows"),
        copies=place.text("copies", empty=True),
        drawing=place.one_of("drawing", DRAWINGS, empty=True),
    )
    if not (spec.has_prose or spec.fields or spec.columns):
        raise place.wrong("there is nothing to write. Give it prose, fields or columns.")
    _table_rules(place, spec)
    return spec


def _table_rules(place: Place, spec: SectionSpec) -> None:
    """What is said about rows needs a table, and must be possible."""
    for rule in ("min_rows", "min_rows_on", "max_rows", "drawing"):
        if rule in place.said and not spec.columns:
            raise place.wrong(f"{rule} is about a table, and this section has no columns.", rule)
    least = max((spec.min_rows, *spec.min_rows_on.values()))
    if spec.max_rows is not None and spec.max_rows < least:
        raise place.wrong(f"max_rows is {spec.max_rows}, less than the {least} rows asked for.", "max_rows")


def _prose(place: Place) -> tuple[bool, bool]:
    """Whether there is prose, and whether it must be written where there is."""
    if place.said.get("prose") == "optional":
        return True, False
    return place.flag("prose"), True


def _routes(place: Place) -> tuple[str, ...]:
    """On which routes a required section is required; nothing said: on all."""
    routes = place.said.get("routes", list(ROUTES))
    if not isinstance(routes, list) or not routes or not set(routes) <= set(ROUTES):
        raise place.wrong(f'routes is a list such as ["B", "C"], of {", ".join(ROUTES)}.', "routes")
    return tuple(route for route in ROUTES if route in routes)


def _rows_by_route(place: Place) -> dict[str, int]:
    """Routes that ask for another number of rows."""
    said = place.said.get("min_rows_on", {})
    rows = dict(said) if isinstance(said, dict) else None
    if rows is None or not all(
        route in ROUTES and isinstance(least, int) and not isinstance(least, bool) and least >= 0
        for route, least in rows.items()
    ):
        raise place.wrong("min_rows_on gives a number of rows for routes, such as { B = 2 }.", "min_rows_on")
    return rows
