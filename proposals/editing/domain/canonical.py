"""The one text that stands for what a version says, and its hash: same words, same bytes, for ever."""

import hashlib
import json
from dataclasses import dataclass
from typing import TypeVar

from proposals.editing.domain.content import Content

FORMAT = 1
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which text of which proposal it is, and the template it follows."""

    reference: str
    stage: str
    template: str


def canonical(content: Content, origin: Origin) -> str:
    """JSON without spaces, keys in the order of their characters, what is empty left out, not escaped."""
    said = {
        "format": FORMAT,
        "reference": origin.reference,
        "stage": origin.stage,
        "template": origin.template,
        "texts": _filled(content.texts),
        "forms": _filled({key: _filled(values) for key, values in content.forms.items()}),
        "registers": _filled(
            {key: [_filled(row) for row in rows] for key, rows in content.registers.items()}
        ),
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def section_canonical(content: Content, section: str) -> str:
    """The same for one section alone, so that a confirmation holds while others are written on."""
    said = {
        "format": FORMAT,
        "section": section,
        "text": content.texts.get(section, ""),
        "form": _filled(content.forms.get(section, {})),
        "register": [_filled(row) for row in content.registers.get(section, [])],
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def section_content_in(text: str) -> Content:
    """The content of one section that such a text stands for."""
    said = json.loads(text)
    key = str(said["section"])
    stored = {
        "texts": {key: said["text"]},
        "forms": {key: said["form"]},
        "registers": {key: said["register"]},
    }
    return Content.from_json(stored)


def sha256(text: str) -> str:
    """The hash of a canonical text, over its UTF-8 bytes, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_in(text: str) -> Content:
    """The content that a canonical text stands for."""
    return Content.from_json(json.loads(text))


def _filled(values: dict[str, T]) -> dict[str, T]:
    return {key: value for key, value in values.items() if value}
