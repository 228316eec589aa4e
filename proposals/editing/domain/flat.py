"""The flat text of a section: a line break opens a block and says of what kind, marks sit on the words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

Attributes = dict[str, object]
Op = tuple[str, Attributes]
DEEPEST = 3

# Text that no page can show. The last pair are noncharacters that HTML forbids.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_BLANKS = re.compile("[ \t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_UNSAFE_IN_ADDRESS = re.compile(r"""[()\s<>\\"'`*_\[\]{}|^]""")
_WEB = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,4})?(?:[/?#].*)?", re.IGNORECASE
)
_MAIL = re.compile(r"mailto:[^@\s]+@[A-Za-z0-9.-]+(?:\?.*)?", re.IGNORECASE)
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the same marks."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    @property
    def marks(self) -> tuple[bool, bool, str]:
        return (self.strong, self.em, self.href)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or quotation."""

    runs: tuple[Run, ...] = ()
    h: int = 0
    list: str = ""
    indent: int = 0
    quote: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def blocks(ops: Iterable[tuple[object, Mapping[str, object] | None]]) -> Iterator[Block]:
    """The blocks of a flat text given as pairs of string and attributes; unknown attributes are left out."""
    current: Block | None = None
    runs: list[Run] = []
    for inserted, attributes in ops:
        if not isinstance(inserted, str):
            continue
        known = attributes or {}
        for nth, piece in enumerate(inserted.split("\n")):
            if nth:
                if current is not None or runs:
                    yield replace(current or Block(), runs=tuple(runs))
                current, runs = _opened(known), []
            if piece:
                runs.append(_run(piece, known))
    if current is not None or runs:
        yield replace(current or Block(), runs=tuple(runs))


def ops(of: Iterable[Block]) -> list[Op]:
    """The blocks as (string, attributes) pairs, ready to be inserted in an empty shared text."""
    written: list[Op] = []
    for block in of:
        written.append(("\n", _block_attributes(block)))
        written.extend((run.text, _mark_attributes(run)) for run in block.runs if run.text)
    return written or [("\n", {})]


def address(href: object) -> str:
    """A link's target if it is a plain web or mail address, made safe to write down; else nothing."""
    if not isinstance(href, str) or len(href) > LONGEST_ADDRESS or _INVISIBLE.search(href):
        return ""
    safe = _UNSAFE_IN_ADDRESS.sub(_percent, href.strip())
    return safe if _WEB.fullmatch(safe) or _MAIL.fullmatch(safe) else ""


def visible(text: str) -> str:
    """The text without characters nobody can see, and with every kind of gap as one space."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text))


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _opened(attributes: Mapping[str, object]) -> Block:
    """What kind of block a line break opens. A heading is no list item, a list item no quotation."""
    if (level := _whole(attributes.get("h"))) in (3, 4):
        return Block(h=level)
    if (kind := attributes.get("list")) in ("bullet", "number"):
        indent = min(max(_whole(attributes.get("indent")), 0), DEEPEST)
        return Block(list=str(kind), indent=indent)
    return Block(quote=attributes.get("quote") is True)


def _run(text: str, attributes: Mapping[str, object]) -> Run:
    link = attributes.get("link")
    href = address(link.get("href")) if isinstance(link, Mapping) else ""
    return Run(text, strong=attributes.get("strong") is True, em=attributes.get("em") is True, href=href)


def _whole(value: object) -> int:
    """A number as the shared document stores it (3 arrives as 3.0)."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 100:
        return int(value)
    return 0


def _block_attributes(block: Block) -> Attributes:
    if block.h:
        return {"h": block.h}
    if block.list:
        return {"list": block.list, **({"indent": block.indent} if block.indent else {})}
    return {"quote": True} if block.quote else {}


def _mark_attributes(run: Run) -> Attributes:
    marks: Attributes = {}
    if run.strong:
        marks["strong"] = True
    if run.em:
        marks["em"] = True
    if run.href:
        marks["link"] = {"href": run.href}
    return marks
