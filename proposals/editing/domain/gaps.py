"""What each section of a document still needs, on the route its proposal takes."""

from collections.abc import Sequence
from typing import Protocol

from proposals.editing.domain.content import Content
from proposals.portfolio.domain import filling


class Part(filling.Part, Protocol):
    """What is needed of a section of a template."""

    @property
    def key(self) -> str: ...

    @property
    def required(self) -> bool: ...

    @property
    def routes(self) -> Sequence[str]: ...


def gaps(part: Part, content: Content, route: str) -> list[str]:
    """In sentences. Of what may stay empty only what is there and cannot be used; no route yet: as on any."""
    form, rows = content.forms.get(part.key, {}), content.registers.get(part.key, [])
    if part.required and (not route or route in part.routes):
        return filling.missing(part, content.texts.get(part.key, ""), form, rows, route=route)
    return filling.wrong(part, form, rows)
