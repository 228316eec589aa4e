"""Emojis that are cut in two, for the library that reads documents here.

A sign beyond the basic plane counts two clocks. A stock client can delete one of them, or write between them;
then Yjs shows U+FFFD for each half (ContentString.splice), the library the sign or a part of it. So where
something cuts, the sign is written as these two before the library sees it: it counts the same.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from proposals.editing.domain.limits import UNBOUNDED
from proposals.editing.domain.update import STRING, Id, Unfit, Update, read_update
from proposals.editing.domain.wire import Malformed, Reader, varstring

_UTF16 = "utf-16-le"
_HALVES = "\ufffd\ufffd".encode(_UTF16)
_PERHAPS = re.compile(rb"[\xf0-\xf4][\x80-\xbf]{3}")  # such a sign in UTF-8, or some other bytes

Cuts = dict[int, list[int]]  # by client, in order: the clocks before which something cuts


def mended(updates: Sequence[bytes]) -> list[bytes]:
    """The same updates, as Yjs understands them together. What cannot be read is left as it is."""
    if not any(map(_PERHAPS.search, updates)):
        return list(updates)
    read = [_read(update) for update in updates]
    cuts = _in_order(cut for each in read if each for cut in _cuts(each))
    return [_written(each, cuts) if each else data for data, each in zip(updates, read, strict=True)]


def _read(update: bytes) -> Update | None:
    try:
        return read_update(update, UNBOUNDED)
    except (Malformed, Unfit):
        return None


def _cuts(update: Update) -> Iterator[Id]:
    """Before which clocks Yjs cuts: at both ends of what goes, and where something is written."""
    for client, stretches in update.deletes.items():
        for start, end in stretches:
            yield client, start
            yield client, end
    for block in update.blocks:
        for struct in block.structs:
            if struct.origin is not None:
                yield struct.origin[0], struct.origin[1] + 1
            if struct.right is not None:
                yield struct.right


def _in_order(cuts: Iterable[Id]) -> Cuts:
    found: Cuts = defaultdict(list)
    for client, clock in cuts:
        found[client].append(clock)
    for clocks in found.values():
        clocks.sort()
    return found


def _written(update: Update, cuts: Cuts) -> bytes:
    reader, pieces, at = Reader(update.data), list[bytes](), 0
    for block in update.blocks:
        clocks = cuts.get(block.client, [])
        for struct in block.structs:
            first, last = bisect_right(clocks, struct.clock), bisect_left(clocks, struct.end)
            if struct.kind == STRING and first < last:
                reader.at = struct.body
                text = reader.string()
                pieces += [
                    update.data[at : struct.body],
                    varstring(_cut(text, struct.clock, clocks[first:last])),
                ]
                at = reader.at
    return b"".join([*pieces, update.data[at:]])


def _cut(text: str, clock: int, clocks: Iterable[int]) -> str:
    """This text, that begins at a clock, with halves where a cut falls into a sign."""
    if text.isascii():
        return text
    units = bytearray(text.encode(_UTF16))
    for cut in clocks:
        at = 2 * (cut - clock)
        if 0xDC <= units[at + 1] <= 0xDF:  # the second half of a surrogate pair
            units[at - 2 : at + 2] = _HALVES
    return units.decode(_UTF16)
