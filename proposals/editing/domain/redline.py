"""What changed between two contents, line by line: answers, rows, blocks of prose, and their words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from proposals.editing.domain.aligning import Patience, align, changes, words_of
from proposals.editing.domain.answers import Answer, answers, rows
from proposals.editing.domain.content import Content
from proposals.editing.domain.flat import Block
from proposals.editing.domain.markdown import parse
from proposals.editing.domain.whole import Part

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """An answer, a row of a table, or a block of prose."""

    kind: str
    pieces: tuple[Piece, ...]
    style: str = "text"  # text, heading, item or quotation
    label: str = ""  # the question of an answer
    note: str = ""  # a change that is not one of words
    number: str = ""  # in the newer text


@dataclass(frozen=True, slots=True)
class Changes:
    """One section, with every line of both texts."""

    key: str
    title: str
    lines: tuple[Line, ...] = field(default=())

    @property
    def count(self) -> int:
        return sum(line.kind != SAME for line in self.lines)


def redline(parts: Iterable[Part], old: Content, new: Content) -> list[Changes]:
    """Every section of the template, in its order."""
    lines = _Lines(old, new)
    return [
        Changes(part.key, part.title, tuple(_numbered(nth, lines.of(part))))
        for nth, part in enumerate(parts, start=1)
    ]


def _numbered(section: int, lines: Iterable[Line]) -> Iterator[Line]:
    """As domain/paragraphs.py numbers them."""
    at = 0
    for line in lines:
        at += line.kind != REMOVED
        yield line if line.kind == REMOVED else replace(line, number=f"{section}.{at}")


class _Lines:
    """Compares section by section; how long it may take is one account for the whole text."""

    def __init__(self, old: Content, new: Content) -> None:
        self._both = old, new
        self._patience = Patience()

    def of(self, part: Part) -> Iterator[Line]:
        yield from self._answers(part)
        yield from self._rows(part)
        yield from self._prose(part.key)

    def _answers(self, part: Part) -> Iterator[Line]:
        before, after = (
            [(answer.label, answer.shown if answer.value.strip() else "") for answer in given]
            for given in (answers(part.fields, said.forms.get(part.key, {})) for said in self._both)
        )
        for (label, old), (_, new) in zip(before, after, strict=True):
            if old or new:
                yield replace(self._words(old, new), label=label)

    def _rows(self, part: Part) -> Iterator[Line]:
        """Rows are known by their id, wherever they stand and whatever they say."""
        before, after = (
            {row.id or str(nth): _row(row.cells) for nth, row in enumerate(rows(part.columns, found))}
            for found in (said.registers.get(part.key, []) for said in self._both)
        )
        for one in _in_order(list(before), list(after)):
            yield self._words(before.get(one, ""), after.get(one, ""))

    def _prose(self, key: str) -> Iterator[Line]:
        old, new = (parse(said.texts.get(key, "")) for said in self._both)
        for i, j in align([(block, block.text) for block in old], [(block, block.text) for block in new]):
            if i is not None and j is not None:
                yield self._block(old[i], new[j])
            elif j is not None:
                yield _whole(ADDED, new[j])
            elif i is not None:
                yield _whole(REMOVED, old[i])

    def _block(self, old: Block, new: Block) -> Line:
        line = replace(self._words(old.text, new.text), style=_style(new), note=_kind_change(old, new))
        if line.kind == SAME and old != new:
            return replace(line, kind=CHANGED, note=line.note or "Bold, italics or links changed")
        return line

    def _words(self, old: str, new: str) -> Line:
        if old == new:
            return Line(SAME, (Piece(SAME, new),))
        if not old or not new:
            kind = ADDED if new else REMOVED
            return Line(kind, (Piece(kind, new or old),))
        return Line(CHANGED, tuple(_pieces(words_of(old), words_of(new), self._patience)))


def _whole(kind: str, block: Block) -> Line:
    return Line(kind, (Piece(kind, block.text),), style=_style(block))


def _row(cells: Iterable[Answer]) -> str:
    return "; ".join(f"{cell.label}: {cell.shown}" for cell in cells if cell.value.strip())


def _in_order(old: list[str], new: list[str]) -> Iterator[str]:
    """All of the newer ones, and the older ones that are gone where they were."""
    for i, j in align([(one, "") for one in old], [(one, "") for one in new]):
        if j is not None:
            yield new[j]
        elif i is not None and old[i] not in new:
            yield old[i]


def _kind_change(old: Block, new: Block) -> str:
    """Said in words, since the words themselves do not show it."""
    before, after = _name(old), _name(new)
    if before != after:
        return f"Was {before}, is {after}"
    return "Moved in or out" if old.indent != new.indent else ""


def _pieces(old: list[str], new: list[str], patience: Patience) -> Iterator[Piece]:
    for change in changes(old, new, patience):
        if change.same:
            yield Piece(SAME, "".join(new[change.new]))
            continue
        for kind, words in ((REMOVED, old[change.old]), (ADDED, new[change.new])):
            if words:
                yield Piece(kind, "".join(words))


_STYLES: dict[str, Callable[[Block], bool]] = {
    "heading": lambda block: bool(block.h),
    "item": lambda block: bool(block.list),
    "quotation": lambda block: block.quote,
}


def _style(block: Block) -> str:
    return next((style for style, fits in _STYLES.items() if fits(block)), "text")


def _name(block: Block) -> str:
    if block.h:
        return "a heading" if block.h == 3 else "a small heading"
    if block.list:
        return "a bullet" if block.list == "bullet" else "a numbered item"
    return "a quotation" if block.quote else "a paragraph"
