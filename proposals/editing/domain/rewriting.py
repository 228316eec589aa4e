"""The fewest edits that make a flat text say what another one says: whatever both have is left alone.

Places are counted in bytes of UTF-8, as the scribe's library counts. Edits stand in the order of their
places and are carried out from the last to the first, so that each finds its place as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from proposals.editing.domain.aligning import Patience, align, changes, words_of
from proposals.editing.domain.flat import Attributes, Block, Op, Run, blocks, ops
from proposals.editing.domain.markdown import normal


@dataclass(frozen=True, slots=True)
class Insert:
    """Words that come, with nothing but these attributes."""

    at: int
    words: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Delete:
    """A stretch that goes."""

    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Format:
    """A stretch whose attributes change; None takes one away."""

    at: int
    end: int
    attributes: Attributes


Edit = Insert | Delete | Format
Stood = tuple[object, Mapping[str, object] | None]  # as the library gives a text


@dataclass(slots=True)
class _Standing:
    """A block as it stands in the text."""

    start: int
    end: int
    opened: bool  # by a line break; only damaged text has words before the first one
    pieces: list[tuple[int, Op]] = field(default_factory=list)
    block: Block = field(default=Block())


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its marks, and where it stands if it does."""

    text: str
    marks: Attributes
    at: int = 0

    @property
    def end(self) -> int:
        return self.at + len(self.text.encode())


def rewriting(standing: Iterable[Stood], wanted: Sequence[Block], patience: Patience) -> list[Edit]:
    """From a text, given as pairs of string and attributes, to blocks as Markdown can say them."""
    whole = _stand(standing)
    here = [each for each in whole if normal([each.block])]
    if not here:
        return _filling(whole, wanted)
    now = normal([each.block for each in here])
    edits: list[Edit] = []
    behind = 0
    pairs = list(align([(block, block.text) for block in now], [(block, block.text) for block in wanted]))
    if all(i is not None and j is not None and now[i] == wanted[j] for i, j in pairs):
        return edits
    for i, j in pairs:
        if i is None:
            edits += _opening(behind, wanted[j or 0])
            continue
        behind = here[i].end
        if j is None:
            edits.append(Delete(here[i].start, here[i].end))
        else:
            edits += _block(here[i], wanted[j], patience)
    if not wanted and len(here) == len(whole):
        # A text keeps the line break that opens it.
        edits[0] = Delete(here[0].start + here[0].opened, here[0].end)
        edits[:0] = _kind(here[0], Block())
    return edits


def _filling(whole: Sequence[_Standing], wanted: Sequence[Block]) -> list[Edit]:
    """Where nothing is written, the block that stands open takes the first one."""
    if not whole or not wanted or not whole[0].opened:
        return [edit for block in wanted for edit in _opening(0, block)]
    first = whole[0]
    edits = [*_kind(first, wanted[0]), *_inserts(first.end, _words(wanted[0]))]
    return edits + [edit for block in wanted[1:] for edit in _opening(first.end, block)]


def _stand(standing: Iterable[Stood]) -> list[_Standing]:
    found: list[_Standing] = []
    at = 0
    for inserted, attributes in standing:
        known = dict(attributes or {})
        # What is no text has the length of one character.
        for nth, piece in enumerate(inserted.split("\n") if isinstance(inserted, str) else [" "]):
            if nth or not found:
                found.append(_Standing(at, at + bool(nth), opened=bool(nth)))
                if nth:
                    found[-1].pieces.append((at, ("\n", known)))
                    at += 1
            if piece:
                found[-1].pieces.append((at, (piece if isinstance(inserted, str) else "", known)))
                at += len(piece.encode())
            found[-1].end = at
    found = [each for each in found if each.end > each.start]
    for each in found:
        each.block = next(blocks([op for _, op in each.pieces]), Block())
    return found


def _inserts(at: int, words: Iterable[_Word]) -> list[Edit]:
    alike = groupby(words, key=lambda word: word.marks)
    return [Insert(at, "".join(word.text for word in same), marks) for marks, same in alike]


def _opening(at: int, block: Block) -> list[Edit]:
    return [Insert(at, words, attributes) for words, attributes in ops([block])]


def _block(standing: _Standing, wanted: Block, patience: Patience) -> list[Edit]:
    old, new = _words_standing(standing), _words(wanted)
    edits = _kind(standing, wanted)
    for change in changes([word.text for word in old], [word.text for word in new], patience):
        if change.same:
            edits += _marks(old[change.old], new[change.new])
            continue
        gone, come = old[change.old], new[change.new]
        at = gone[0].at if gone else _place(standing, old, change.old.start)
        edits += _inserts(at, come)
        if gone:
            edits.append(Delete(at, gone[-1].end))
    return edits


def _place(standing: _Standing, words: Sequence[_Word], nth: int) -> int:
    """Before the nth word: behind the one before it, so that new words continue it."""
    return words[nth - 1].end if nth else standing.start + standing.opened


def _kind(standing: _Standing, wanted: Block) -> list[Edit]:
    """By what stands, not by how it reads: a first item does not show that it is indented."""
    (_, have), (_, want) = ops([standing.block])[0], ops([wanted])[0]
    if have == want or not standing.opened:
        return []
    return [Format(standing.start, standing.start + 1, {**dict.fromkeys(have), **want})]


def _marks(old: Sequence[_Word], new: Sequence[_Word]) -> list[Edit]:
    return [
        Format(before.at, before.end, {**dict.fromkeys(before.marks), **after.marks})
        for before, after in zip(old, new, strict=True)
        if before.marks != after.marks
    ]


def _words_standing(standing: _Standing) -> list[_Word]:
    found: list[_Word] = []
    for at, op in standing.pieces:
        for run in next(blocks([op]), Block()).runs:
            marks, place = _marks_of(run), at
            for text in words_of(run.text):
                found.append(_Word(text, marks, place))
                place += len(text.encode())
    return found


def _words(block: Block) -> list[_Word]:
    return [_Word(text, _marks_of(run)) for run in block.runs for text in words_of(run.text)]


def _marks_of(run: Run) -> Attributes:
    return ops([Block(runs=(run,))])[1][1]
