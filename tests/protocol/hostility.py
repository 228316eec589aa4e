"""Frames that nobody honest sends: made from scratch, or from honest ones by small changes. Seeded."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from pycrdt import Doc, Text

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import Entry
from proposals.editing.domain.values import Json
from proposals.editing.domain.wire import varbytes, varuint
from tests.unit.editing_domain.craft import block, collected, deleted, mark, row, text, update, values

PUBLISHED = [
    bytes.fromhex(step)
    for case in json.loads((Path(__file__).parents[1] / "data/hostile_updates.json").read_text())["cases"]
    for step in (case["hex"] if isinstance(case["hex"], list) else [case["hex"]])
    if isinstance(step, str) and all(letter in "0123456789abcdef" for letter in step)
]
WHERE = ("t:problem", "t:aim", "t:nowhere", "r:measures", "f:cost", "")
NUMBERS = (0, 1, 2, 127, 128, 2**31 - 1, 2**31, 2**53 - 1, 2**53, 2**64)


class Attacker:
    """One connection's worth of malice, under a client id of its own."""

    def __init__(self, rng: random.Random, client: int) -> None:
        self._rng = rng
        self._client = client
        self._clock = 0
        self._doc = Doc({"t:problem": Text()}, client_id=client)
        self._text = self._doc.get("t:problem", type=Text)

    def frames(self) -> Iterator[bytes]:
        kinds = (self._honest, self._mutated, self._crafted, self._presence, self._question, self._published)
        weights = (2, 5, 5, 2, 1, 1)
        while True:
            frame = self._rng.choices(kinds, weights)[0]()
            yield self._mutation(frame) if self._rng.random() < 0.1 else frame

    def _honest(self) -> bytes:
        return protocol.sync_update(self._typed())

    def _mutated(self) -> bytes:
        return protocol.sync_update(self._mutation(self._typed()))

    def _typed(self) -> bytes:
        """Asked for, not observed: a document that leads to its own observer is never given back."""
        before = self._doc.get_state()
        self._text.insert(0, self._rng.choice(("a", "word ", "😀", "e\u0301", "\n")))
        return self._doc.get_update(before)

    def _crafted(self) -> bytes:
        rng = self._rng
        structs = [self._struct() for _ in range(rng.randrange(1, 4))]
        client = self._client if rng.random() < 0.8 else rng.choice(NUMBERS)
        clock = self._clock if rng.random() < 0.7 else rng.choice(NUMBERS)
        deletes = {rng.choice((client, 2, 7)): [(rng.choice(NUMBERS[:4]), rng.choice(NUMBERS))]}
        self._clock += len(structs)
        return protocol.sync_update(
            update(block(client, clock, *structs), deletes=deletes if rng.random() < 0.3 else None)
        )

    def _struct(self) -> bytes:
        rng = self._rng
        near = (rng.choice((self._client, 2, 7)), rng.choice(NUMBERS[:5]))
        where: dict[str, object] = {"parent": rng.choice(WHERE)}
        if rng.random() < 0.4:
            where[rng.choice(("origin", "right"))] = near
        if rng.random() < 0.2:
            where["sub"] = rng.choice(("a", "__proto__", "x" * 200))
        return rng.choice(
            (
                lambda: text(
                    rng.choice(("x", "\ud83d".encode("utf-8", "replace").decode(), "y" * 500)), **where
                ),
                lambda: mark("link", rng.choice(({"href": "javascript:1"}, True, [[[1]]], None)), **where),
                lambda: deleted(rng.choice(NUMBERS), **where),
                lambda: values("p", "q", **where),
                lambda: row(**where),
                lambda: collected(rng.choice(NUMBERS)),
            )
        )()

    def _presence(self) -> bytes:
        rng = self._rng
        states: list[dict[str, Json] | None] = [{"user": {"name": "Somebody"}}, {"a": "x" * 3_000}, {}, None]
        state = rng.choice(states)
        return protocol.awareness([Entry(rng.choice((self._client, 2, 7)), rng.choice(NUMBERS[:8]), state)])

    def _question(self) -> bytes:
        count = self._rng.choice(NUMBERS)
        return b"\x00\x00" + varbytes(
            varuint(count) + varuint(self._client) + varuint(self._rng.choice(NUMBERS))
        )

    def _published(self) -> bytes:
        return protocol.sync_update(self._rng.choice(PUBLISHED))

    def _mutation(self, data: bytes) -> bytes:
        rng, changed = self._rng, bytearray(data)
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(changed) + 1)
            how = rng.randrange(5)
            if how == 0 and at < len(changed):
                changed[at] ^= 1 << rng.randrange(8)
            elif how == 1:
                del changed[at:]
            elif how == 2:
                changed[at:at] = rng.randbytes(rng.randrange(1, 5))
            elif how == 3:
                changed[at:at] = varuint(rng.choice(NUMBERS))
            else:
                changed[at : at + 1] = changed[at : at + rng.randrange(1, 9)] * 2
        return bytes(changed)
