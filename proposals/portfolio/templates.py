"""Templates from the files in `pathway/` to rows, and the template in force on a day."""

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from proposals.portfolio.domain.pathway import BadTemplateError, SectionSpec, TemplateSpec, read
from proposals.portfolio.models import Section, Template

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
    spec: TemplateSpec, name: str, *, rows: tuple[type[Template], type[Section]] = (Template, Section)
) -> bool:
    """Write one template unless it is there; a published version that reads otherwise is refused.

    A migration passes its own classes of rows.
    """
    templates, sections = rows
    template = templates.objects.filter(stage=spec.stage, version=spec.version).first()
    if template is not None:
        if spec_of(template) != spec:
            raise BadTemplateError(
                f"{name}: version {spec.version} has been published and reads otherwise. "
                "A published version never changes; give the changed file a new version."
            )
        return False
    template = templates.objects.create(
        stage=spec.stage,
        version=spec.version,
        title=spec.title,
        valid_from=spec.valid_from,
        source=spec.source,
    )
    # An older migration passes rows that do not know every column yet.
    known = {column.name for column in sections._meta.get_fields()}  # noqa: SLF001 - Django's documented API
    for order, section in enumerate(spec.sections, start=1):
        said = _columns(section)
        sections.objects.create(
            template=template, order=order, **{name: value for name, value in said.items() if name in known}
        )
    return True


def _columns(section: SectionSpec) -> dict[str, Any]:
    """What a section says, as its row holds it."""
    lists = {name: list(getattr(section, name)) for name in ("fields", "columns", "routes")}
    return {**{field.name: getattr(section, field.name) for field in fields(section)}, **lists}


def spec_of(template: Template) -> TemplateSpec:
    """What a published template says, in the shape of its file."""
    return TemplateSpec(
        stage=template.stage,
        version=template.version,
        title=template.title,
        valid_from=template.valid_from,
        source=template.source,
        sections=tuple(
            SectionSpec(
                key=section.key,
                title=section.title,
                prompt=section.prompt,
                help=section.help,
                lead=section.lead,
                required=section.required,
                word_limit=section.word_limit,
                has_prose=section.has_prose,
                fields=tuple(section.fields),
                columns=tuple(section.columns),
                routes=tuple(section.routes),
                crossed=section.crossed,
            )
            for section in template.sections.order_by("order")
        ),
    )


def in_force(stage: str, on: date) -> Template | None:
    """The newest template of a stage on that day."""
    return Template.objects.filter(stage=stage, valid_from__lte=on).order_by("-valid_from", "-pk").first()
