"""A Yjs update (encoding V1) read into structs and deletions: strictly, in bounds, integrating nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from proposals.editing.domain.limits import Limits
from proposals.editing.domain.values import AnyReader, name, parse_json, utf16_length
from proposals.editing.domain.wire import Malformed, Reader

# Yjs numbers its kinds of content like this; those not named here are not in our documents.
GC, DELETED, STRING, FORMAT, TYPE, ANY = 0, 1, 4, 6, 7, 8
_SKIP, _LAST_CONTENT, _MAP_TYPE, _LAST_TYPE = 10, 9, 1, 6

_CLOCK_MOST = 2**31 - 1

Id = tuple[int, int]


class Unfit(ValueError):
    """Well-formed, but a kind of content that no document here holds."""


class Struct(NamedTuple):
    """One run of clocks. `at` and `body`: where it and its content start. No parent: its neighbours' one."""

    clock: int
    end: int
    kind: int
    origin: Id | None
    right: Id | None
    parent: str | Id
    sub: str | None
    at: int
    body: int


_struct = Struct._make  # half the cost of a call with nine arguments


class Block(NamedTuple):
    """The structs of one client, one clock after the other, and where they end in the bytes."""

    client: int
    structs: list[Struct]
    ends_at: int


@dataclass(slots=True)
class Update:
    """What an update says. `formats` are the values of its marks, but for plain ones."""

    data: bytes
    blocks: list[Block]
    deletes_at: int = 0
    deletes: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    formats: list[object] = field(default_factory=list)


def read_update(data: bytes, limits: Limits) -> Update:
    """Raises Malformed or Unfit, never anything else."""
    return _UpdateReader(data, limits).read()


class _UpdateReader:
    __slots__ = ("_client", "_client_bytes", "_left", "_limits", "_reader", "_update")

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._reader = Reader(data)
        self._limits = limits
        self._left = limits.structs
        self._update = Update(data, [])
        self._client, self._client_bytes = 0, b"\x00"

    def read(self) -> Update:
        reader, update = self._reader, self._update
        seen: set[int] = set()
        for _ in range(reader.count(4)):
            block = self._block()
            if block.client in seen:
                raise Malformed("a client named twice")
            seen.add(block.client)
            update.blocks.append(block)
        update.deletes_at = reader.at
        for _ in range(reader.count(4)):
            client = reader.varuint()
            if client in update.deletes:
                raise Malformed("a client named twice")
            update.deletes[client] = self._deletions()
        if not reader.at_end:
            raise Malformed("more after the end of the update")
        return update

    def _block(self) -> Block:
        reader = self._reader
        number = reader.count(2)
        self._left -= number
        if number == 0 or self._left < 0:
            raise Malformed("no structs, or too many")
        client, clock = self._any_client(), reader.varuint()
        structs = []
        for _ in range(number):
            struct = self._struct(clock)
            clock = struct.end
            structs.append(struct)
        if clock > _CLOCK_MOST:
            raise Malformed("a clock beyond all bounds")
        return Block(client, structs, reader.at)

    def _any_client(self) -> int:
        """Client ids are long and mostly the one just read, which is faster compared than read."""
        reader = self._reader
        start = reader.at
        if reader.data.startswith(self._client_bytes, start):
            reader.at = start + len(self._client_bytes)
            return self._client
        self._client = reader.varuint()
        self._client_bytes = reader.data[start : reader.at]
        return self._client

    def _struct(self, clock: int) -> Struct:
        reader = self._reader
        at = reader.at
        info = reader.byte()
        kind = info & 31
        if kind == GC:
            if info:
                raise Malformed("a collected struct with neighbours")
            return Struct(clock, clock + self._length(), GC, None, None, "", None, at, at + 1)
        measure = _contents.get(kind)
        if measure is None:
            raise _unknown(kind)
        origin = (self._any_client(), reader.varuint()) if info & 128 else None
        right = (self._any_client(), reader.varuint()) if info & 64 else None
        parent, sub = ("", None) if info & 192 else self._parent(info)
        body = reader.at
        return _struct((clock, clock + measure(self), kind, origin, right, parent, sub, at, body))

    def _parent(self, info: int) -> tuple[str | Id, str | None]:
        """Only a struct without neighbours says where it belongs; the others belong where those do."""
        reader = self._reader
        flag = reader.byte()
        if flag > 1:
            raise Malformed("a parent of no known form")
        parent = name(reader, self._limits) if flag else (reader.varuint(), reader.varuint())
        return parent, name(reader, self._limits) if info & 32 else None

    def _length(self) -> int:
        length = self._reader.varuint()
        if not 0 < length <= _CLOCK_MOST:
            raise Malformed("a length of nothing, or beyond all bounds")
        return length

    def _string(self) -> int:
        text = self._reader.string()
        if not text:
            raise Malformed("a length of nothing")
        return utf16_length(text)

    def _format(self) -> int:
        name(self._reader, self._limits)
        length = self._reader.varuint()
        if length > self._limits.json_bytes:
            raise Malformed("a mark that is too large")
        value = self._reader.take(length)
        if value not in _PLAIN:
            try:
                self._update.formats.append(parse_json(value.decode(), self._limits))
            except UnicodeDecodeError:
                raise Malformed("text that is not UTF-8") from None
        return 1

    def _type(self) -> int:
        kind = self._reader.varuint()
        if kind > _LAST_TYPE:
            raise Malformed("a type of no known kind")
        if kind != _MAP_TYPE:
            raise Unfit("a type that is not a row")
        return 1

    def _any(self) -> int:
        number = self._reader.count(1)
        if number == 0:
            raise Malformed("a length of nothing")
        values = AnyReader(self._reader, self._limits)
        for _ in range(number):
            values.skip()
        return number

    def _deletions(self) -> list[tuple[int, int]]:
        reader = self._reader
        number = reader.count(2)
        if number == 0:
            raise Malformed("deletions of nothing")
        stretches = []
        last = 0
        for _ in range(number):
            start = reader.varuint()
            end = start + self._length()
            if start < last or end > _CLOCK_MOST:
                raise Malformed("deletions out of order")
            last = end
            stretches.append((start, end))
        return stretches


_PLAIN = frozenset((b"true", b"null", b"false"))

_contents: dict[int, Callable[[_UpdateReader], int]] = {
    DELETED: _UpdateReader._length,  # noqa: SLF001 - the table belongs to the class
    STRING: _UpdateReader._string,  # noqa: SLF001
    FORMAT: _UpdateReader._format,  # noqa: SLF001
    TYPE: _UpdateReader._type,  # noqa: SLF001
    ANY: _UpdateReader._any,  # noqa: SLF001
}


def _unknown(kind: int) -> ValueError:
    """Skips stand for holes; what is left is JSON, bytes, embeds and subdocuments."""
    if kind == _SKIP or kind > _LAST_CONTENT:
        return Malformed("a struct of no known kind")
    return Unfit("content that is neither text, a mark nor a value")
