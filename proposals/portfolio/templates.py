"""Templates from the files in `pathway/` to rows, and the template in force on a day."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from proposals.portfolio.domain.pathway import BadTemplateError, SectionSpec, TemplateSpec, read
from proposals.portfolio.models import Section, Template
from workspaces.models import Organisation

PATHWAY = Path(__file__).parent / "pathway"


def load(paths: list[Path] | None = None) -> list[str]:
    """Make a row for every new template file; say which. One file at fault, and nothing is written."""
    specs = [
        (path.name, read(path.read_text("utf-8"), path.name))
        for path in paths or sorted(PATHWAY.glob("*.toml"))
    ]
    with transaction.atomic():
        return [name for name, spec in specs if publish(spec, name)]


def publish(
    spec: TemplateSpec,
    name: str,
    *,
    organisation: Organisation | None = None,
    rows: tuple[type[Template], type[Section]] = (Template, Section),
) -> bool:
    """Write one template unless it is there; a published version that reads otherwise is refused.

    A migration passes its own classes of rows, which may not know every column yet.
    """
    templates, sections = rows
    facts = _known({"organisation": organisation, "stage": spec.stage, "version": spec.version}, templates)
    template = templates.objects.filter(**facts).first()
    if template is not None:
        if spec_of(template) != spec:
            raise BadTemplateError(
                f"{name}: version {spec.version} has been published and reads otherwise. "
                "A published version never changes; give the changed file a new version."
            )
        return False
    template = templates.objects.create(
        **facts, title=spec.title, valid_from=spec.valid_from, source=spec.source
    )
    for order, section in enumerate(spec.sections, start=1):
        sections.objects.create(template=template, order=order, **_known(_columns(section), sections))
    return True


def _known(said: dict[str, Any], rows: type[Model]) -> dict[str, Any]:
    known = {column.name for column in rows._meta.get_fields()}  # noqa: SLF001 - Django's documented API
    return {name: value for name, value in said.items() if name in known}


def _columns(section: SectionSpec) -> dict[str, Any]:
    """What a section says, as its row holds it."""
    said = {field.name: getattr(section, field.name) for field in fields(section)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def spec_of(template: Template) -> TemplateSpec:
    """What a published template says, in the shape of its file."""
    return TemplateSpec(
        stage=template.stage,
        version=template.version,
        title=template.title,
        valid_from=template.valid_from,
        source=template.source,
        sections=tuple(_spec_of(section) for section in template.sections.order_by("order")),
    )


def _spec_of(section: Section) -> SectionSpec:
    said: dict[str, Any] = {each.name: getattr(section, each.name) for each in fields(SectionSpec)}
    lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
    return SectionSpec(**said | lists)


def in_force(stage: str, on: date, organisation: Organisation | None = None) -> Template | None:
    """The template of a stage on that day: the newest of the organisation's own, else of everybody's."""
    valid = Template.objects.filter(stage=stage, valid_from__lte=on).order_by("-valid_from", "-pk")
    ours = valid.filter(organisation=organisation).first() if organisation else None
    return ours or valid.filter(organisation=None).first()
