"""An update written again without what the room has already, and with collected content as what it became."""

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.update import ANY, GC, STRING, Block, Id, Struct
from proposals.editing.domain.values import AnyReader
from proposals.editing.domain.wire import Reader, varbytes, varuint

_BIG = Limits(values=2**31)


def write(
    data: bytes,
    blocks: list[tuple[Block, int]],
    deletes: dict[int, list[tuple[int, int]]],
    *,
    adrift: set[Id],
) -> bytes:
    """Each block from a clock on; structs that are adrift are written as collected."""
    parts = [varuint(len(blocks))]
    for block, known in blocks:
        parts.extend(_block(data, block, known, adrift=adrift))
    parts.append(varuint(len(deletes)))
    for client, stretches in deletes.items():
        parts.append(varuint(client) + varuint(len(stretches)))
        parts.extend(varuint(start) + varuint(end - start) for start, end in stretches)
    return b"".join(parts)


def _block(data: bytes, block: Block, known: int, *, adrift: set[Id]) -> list[bytes]:
    written = []
    for number, struct in enumerate(block.structs):
        if struct.end <= known:
            continue
        until = block.structs[number + 1].at if number + 1 < len(block.structs) else block.ends_at
        start = max(struct.clock, known)
        if struct.kind == GC or (block.client, struct.clock) in adrift:
            written.append(b"\x00" + varuint(struct.end - start))
        elif start == struct.clock:
            written.append(data[struct.at : until])
        else:
            written.append(_rest(data[struct.at : until], block.client, struct, start=start))
    first = max(block.structs[0].clock, known)
    return [varuint(len(written)) + varuint(block.client) + varuint(first), *written]


def _rest(data: bytes, client: int, struct: Struct, *, start: int) -> bytes:
    """The later part of a struct, as Yjs itself cuts it: its left neighbour is now its own earlier part."""
    parts = [bytes((data[0] | 128,)), varuint(client), varuint(start - 1)]
    if struct.right:
        parts.append(varuint(struct.right[0]) + varuint(struct.right[1]))
    parts.append(_content(data[struct.body - struct.at :], struct, start - struct.clock))
    return b"".join(parts)


def _content(data: bytes, struct: Struct, offset: int) -> bytes:
    reader = Reader(data)
    if struct.kind == STRING:
        units = reader.string().encode("utf-16-le")[2 * offset :]
        # Half a character at the cut becomes the replacement character, as in every browser.
        if 0xDC <= units[1] <= 0xDF:
            units = b"\xfd\xff" + units[2:]
        return varbytes(units.decode("utf-16-le").encode())
    if struct.kind == ANY:
        number = reader.varuint()
        values = AnyReader(reader, _BIG)
        for _ in range(offset):
            values.skip()
        return varuint(number - offset) + data[reader.at :]
    return varuint(struct.end - struct.clock - offset)
