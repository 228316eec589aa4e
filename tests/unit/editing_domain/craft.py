"""Yjs updates made by hand, struct by struct, so that a test can say exactly what is wrong with them."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from proposals.editing.domain.gate import Accepted, Known, Ownership, check
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.wire import varstring, varuint

DATA = Path(__file__).parents[2] / "data"
LIMITS = Limits()
ROOTS = frozenset(("t:why", "t:how", "r:people", "f:cost"))
AMARA, BEN, OTHER = 3_000_000_001, 3_000_000_002, 5005

Id = tuple[int, int]
Vector = dict[str, Any]


def struct(
    content: bytes,
    kind: int = 4,
    *,
    origin: Id | None = None,
    right: Id | None = None,
    parent: str | Id = "t:why",
    sub: str | None = None,
) -> bytes:
    info = kind | (128 if origin else 0) | (64 if right else 0) | (32 if sub is not None else 0)
    out = bytes((info,))
    out += b"".join(varuint(n) for neighbour in (origin, right) if neighbour for n in neighbour)
    if not origin and not right:
        if isinstance(parent, str):
            out += b"\x01" + varstring(parent)
        else:
            out += b"\x00" + varuint(parent[0]) + varuint(parent[1])
        out += varstring(sub) if sub is not None else b""
    return out + content


def text(words: str, **where: Any) -> bytes:
    return struct(varstring(words), 4, **where)


def mark(key: str, value: object, **where: Any) -> bytes:
    return raw_mark(key, json.dumps(value), **where)


def raw_mark(key: str, value: str, **where: Any) -> bytes:
    return struct(varstring(key) + varstring(value), 6, **where)


def deleted(length: int, **where: Any) -> bytes:
    return struct(varuint(length), 1, **where)


def values(*strings: str, **where: Any) -> bytes:
    return struct(varuint(len(strings)) + b"".join(b"\x77" + varstring(s) for s in strings), 8, **where)


def row(**where: Any) -> bytes:
    return struct(b"\x01", 7, **{"parent": "r:people"} | where)


def collected(length: int) -> bytes:
    return b"\x00" + varuint(length)


def block(client: int, clock: int, *structs: bytes) -> bytes:
    return varuint(len(structs)) + varuint(client) + varuint(clock) + b"".join(structs)


def update(*blocks: bytes, deletes: Mapping[int, Iterable[tuple[int, int]]] | None = None) -> bytes:
    """`deletes` maps a client to (clock, length) pairs."""
    out = varuint(len(blocks)) + b"".join(blocks) + varuint(len(deletes or {}))
    for client, pairs in (deletes or {}).items():
        stretches = list(pairs)
        out += varuint(client) + varuint(len(stretches))
        out += b"".join(varuint(clock) + varuint(length) for clock, length in stretches)
    return out


def edit(*structs: bytes, client: int = AMARA, clock: int = 0) -> bytes:
    return update(block(client, clock, *structs))


def mine(*clients: int) -> Callable[[int], Ownership]:
    """These ids are the sender's, 5005 is somebody else's, nobody has used the rest."""
    return lambda client: "mine" if client in clients else "other" if client == OTHER else "free"


def room(*updates: bytes) -> Known:
    known = Known()
    for data in updates:
        known.learn(judge(data, known))
    return known


def judge(
    data: bytes,
    known: Known | None = None,
    owner: Callable[[int], Ownership] | None = None,
    *,
    limits: Limits = LIMITS,
) -> Accepted:
    return check(data, known or Known(), owner or mine(AMARA), roots=ROOTS, limits=limits)


def vectors() -> list[Vector]:
    """What real Yjs sent: see tests/data/make_vectors.mjs."""
    sessions: list[Vector] = json.loads((DATA / "yjs_vectors.json").read_text())["sessions"]
    return sessions


def replay(session: Vector) -> Iterator[tuple[bytes, Accepted, Known]]:
    """Every step of a session through the gate; what it answered, and what the room knows afterwards."""
    known = Known.of(base64.b64decode(session["seed"]))
    bound: dict[int, int] = {}
    for person, encoded in session["steps"]:
        data = base64.b64decode(encoded)

        def owner(client: int, person: int = person) -> Ownership:
            return "free" if client not in bound else "mine" if bound[client] == person else "other"

        accepted = check(data, known, owner, roots=ROOTS)
        bound.update(dict.fromkeys(accepted.clients, person))
        known.learn(accepted)
        yield data, accepted, known
