"""Signs cut at random, in Yjs and in the library."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from pycrdt import merge_updates

from tests.unit.editing_domain.craft import block, text, update
from tests.unit.editing_domain.test_halves import ROOT, said

READER = Path(__file__).parents[1] / "protocol/read_updates.mjs"
WORDS = ("a", "é", "😀", "b😀c", "😀😁", "👩🏽‍⚕️", "\n")


class Hand:
    """A writer who cuts signs: writes behind any clock, and deletes from any clock to any other."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._clocks = {1: 0, 2: 0}

    def writes(self) -> bytes:
        client, rng = self._rng.choice((1, 2)), self._rng
        words, clock = rng.choice(WORDS), self._clocks[client]
        known = [(one, rng.randrange(most)) for one, most in self._clocks.items() if most]
        where = {"origin": rng.choice(known)} if known else {"parent": ROOT}
        self._clocks[client] += len(words.encode("utf-16-le")) // 2
        return update(block(client, clock, text(words, **where)))

    def deletes(self) -> bytes:
        client = self._rng.choice([one for one, most in self._clocks.items() if most])
        start = self._rng.randrange(self._clocks[client])
        length = min(self._rng.randrange(1, 4), self._clocks[client] - start)
        return update(deletes={client: [(start, length)]})

    def updates(self) -> list[bytes]:
        first = [self.writes() for _ in range(4)]
        return first + [self._rng.choice((self.writes, self.writes, self.deletes))() for _ in range(60)]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on the path")
@pytest.mark.parametrize("seed", range(25))
def test_both_say_the_same(seed: int) -> None:
    """[ED197] Row by row, and merged by the library."""
    rows = Hand(random.Random(seed)).updates()
    lines = "\n".join(row.hex() for row in rows).encode()
    told = subprocess.run(["node", str(READER), ROOT], input=lines, capture_output=True, check=True)
    expected = json.loads(told.stdout)["said"][ROOT]
    assert said(*rows) == expected
    assert said(merge_updates(*rows)) == expected
    assert "\ufffd" in expected
