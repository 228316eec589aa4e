"""A template as the text of its file, to copy and to change. Reading it gives the same template again."""

import json
from collections.abc import Iterator, Mapping

from proposals.portfolio.domain.pathway import ROUTES, SectionSpec, TemplateSpec
from proposals.portfolio.domain.question import Field

HEAD = """\
# A published version never changes. Give yours a version and a first day of its own. Proposals that begin
# this stage from that day on follow it; those that have begun keep the version they began with.
"""
_WIDE = 90


def written(spec: TemplateSpec) -> str:
    """The whole file. What a template leaves out, the file leaves out."""
    head = [
        HEAD,
        f"stage = {_value(spec.stage)}",
        f"version = {_value(spec.version)}",
        f"title = {_value(spec.title)}",
        f"valid_from = {spec.valid_from.isoformat()}",
        f"source = {_value(spec.source)}",
    ]
    parts = ["\n".join(_section(section)) for section in spec.sections]
    return "\n\n".join(["\n".join(head), *parts]) + "\n"


def _section(section: SectionSpec) -> Iterator[str]:
    yield "[[section]]"
    for key, value, usual in (
        ("key", section.key, None),
        ("title", section.title, None),
        ("prompt", section.prompt, None),
        ("help", section.help, ""),
        ("lead", section.lead, None),
        ("crossed", section.crossed, ""),
        ("required", section.required, True),
        ("routes", list(section.routes), list(ROUTES)),
        ("copies", section.copies, ""),
        ("prose", _prose(section), True),
        ("word_limit", section.word_limit, None),
        ("min_rows", section.min_rows, 0),
        ("min_rows_on", dict(section.min_rows_on), {}),
        ("max_rows", section.max_rows, None),
        ("drawing", section.drawing, ""),
    ):
        if value is not None and value != usual:
            yield f"{key} = {_value(value)}"
    for kind, questions in (("field", section.fields), ("column", section.columns)):
        for question in questions:
            yield f"\n[[section.{kind}]]"
            yield from _question(question)


def _prose(section: SectionSpec) -> bool | str:
    return "optional" if section.has_prose and not section.prose_required else section.has_prose


def _question(question: Field) -> Iterator[str]:
    for key, value in question.items():
        if value != "" or key != "hint":
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        parts = [_value(part) for part in value]
        line = f"[{', '.join(parts)}]"
        return line if len(line) <= _WIDE else "\n".join(["[", *(f"  {part}," for part in parts), "]"])
    # A JSON string is a TOML string too, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
