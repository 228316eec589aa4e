"""Finds places in a document, and names them. For the scribe's child alone: it works on a document.

The library's own positions count bytes where browsers count UTF-16 units, and end in a panic where
a character is unknown. So a copy of the document is marked instead: an update of our own puts a mark behind
each character that a place names, the library sorts it in where it belongs, and the text is read with the
marks in it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pycrdt import Assoc, Doc, Text

from proposals.editing.domain.known import Known
from proposals.editing.domain.limits import UNBOUNDED
from proposals.editing.domain.positions import Position
from proposals.editing.domain.update import STRING, Block, Id, read_update
from proposals.editing.domain.values import utf16_length
from proposals.editing.domain.wire import Reader, varstring, varuint

# Of all ids the smallest, so that a mark stands before whatever else was written behind that character.
MARKER_CLIENT = 0
PROBE = "x"
_EMBED, _HAS_ORIGIN = 5, 128

Document = Doc[Text]
Pair = tuple[Position, Position]
Stretch = tuple[int, int]  # characters of the section's text, counted as Python counts


class Found(NamedTuple):
    """Where each pair of places stands now, None where that is nowhere in its text; and those texts.

    `frayed`: a character that names one of the two places has been deleted.
    """

    stretches: list[Stretch | None]
    frayed: list[bool]
    texts: dict[str, str]


def find(merged: bytes, pairs: Sequence[Pair]) -> Found:
    """Look for all pairs in one document."""
    doc = Document()
    doc.apply_update(merged)
    texts = {root: str(_text(doc, root)) for pair in pairs for root in (pair[0].root, pair[1].root)}
    known = Known.of(merged)
    named = {(p.client, p.clock) for pair in pairs for p in pair if p.client is not None}
    lasts = _whole_characters(merged, [each for each in named if _is_known(each, known)], texts)
    order = sorted(set(lasts.values()))
    if order:
        doc.apply_update(marks(order, known.clocks.get(MARKER_CLIENT, 0)))
    standing = _standing(doc, texts, order)

    def at(place: Position) -> int | None:
        if place.client is None:
            return 0 if place.after else len(texts[place.root])
        identity = (place.client, place.clock)
        root, index = standing.get(lasts.get(identity, (-1, -1)), ("", 0))
        if root != place.root:
            return None
        return index if place.after or _is_deleted(identity, known) else index - 1

    stretches = [_stretch(at(start), at(end)) for start, end in pairs]
    return Found(stretches, [any(_is_dead(place, known) for place in pair) for pair in pairs], texts)


def name(merged: bytes, stretches: Sequence[tuple[str, int, int]]) -> list[Pair | None]:
    """The places before the first and after the last character of each stretch; None where there is none."""
    doc = Document()
    doc.apply_update(merged)
    return [_named(_text(doc, root), root, (start, end)) for root, start, end in stretches]


def marks(order: Iterable[Id], clock: int) -> bytes:
    """An update that puts a numbered mark behind each of these characters."""
    made = [
        bytes((_EMBED | _HAS_ORIGIN,)) + varuint(client) + varuint(at) + varstring(str(number))
        for number, (client, at) in enumerate(order)
    ]
    head = varuint(1) + varuint(len(made)) + varuint(MARKER_CLIENT) + varuint(clock)
    return head + b"".join(made) + varuint(0)


def _standing(doc: Document, roots: Iterable[str], order: Sequence[Id]) -> dict[Id, tuple[str, int]]:
    """In which text each mark stands, and behind how many characters."""
    found: dict[Id, tuple[str, int]] = {}
    for root in roots:
        at = 0
        for inserted, _ in _text(doc, root).diff():
            if isinstance(inserted, str):
                at += len(inserted)
            elif isinstance(inserted, int | float):
                found[order[int(inserted)]] = (root, at)
    return found


def _named(text: Text, root: str, stretch: Stretch) -> Pair | None:
    said = str(text)
    start, end = stretch
    if not 0 <= start < end <= len(said):
        return None
    first, last = _id_at(text, said, start), _id_at(text, said, end - 1)
    if first is None or last is None:
        return None
    width = utf16_length(said[end - 1])
    return Position(root, *first, after=False), Position(root, last[0], last[1] + width - 1, after=True)


def _id_at(text: Text, said: str, index: int) -> Id | None:
    """Who wrote the character there, and when. A probe before it makes it the first of its struct: only of
    that one the library knows the right clock, as it counts bytes inside."""
    at = len(said[:index].encode())
    text.insert(at, PROBE)
    found = text.sticky_index(at + len(PROBE), Assoc.AFTER).to_json().get("item")
    del text[at : at + len(PROBE)]
    return (int(found["client"]), int(found["clock"])) if isinstance(found, dict) else None


def _whole_characters(merged: bytes, named: Sequence[Id], texts: Mapping[str, str]) -> dict[Id, Id]:
    """For each id that of its character's last unit: a mark between the halves of an emoji would tear it."""
    if all(text.isascii() or max(text, default="") < "\U00010000" for text in texts.values()):
        return {each: each for each in named}
    blocks = {block.client: block for block in read_update(merged, UNBOUNDED).blocks}
    return {each: _last_unit(each, blocks[each[0]], merged) for each in named}


def _last_unit(identity: Id, block: Block, data: bytes) -> Id:
    client, clock = identity
    struct = block.structs[bisect_right(block.structs, clock, key=lambda each: each.clock) - 1]
    if struct.kind != STRING:
        return identity
    reader = Reader(data)
    reader.at = struct.body
    units = reader.string().encode("utf-16-le")
    high = units[2 * (clock - struct.clock) + 1] & 0xFC == 0xD8
    return (client, clock + 1) if high else identity


def _is_known(identity: Id, known: Known) -> bool:
    return identity[1] < known.clocks.get(identity[0], 0)


def _is_dead(place: Position, known: Known) -> bool:
    return place.client is not None and _is_deleted((place.client, place.clock), known)


def _is_deleted(identity: Id, known: Known) -> bool:
    deleted = known.deleted.get(identity[0])
    return deleted is not None and deleted.covers(identity[1], identity[1] + 1)


def _stretch(start: int | None, end: int | None) -> Stretch | None:
    return None if start is None or end is None else (start, end)


def _text(doc: Document, root: str) -> Text:
    return doc.get(root, type=Text)
