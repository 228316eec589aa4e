"""Texts into which somebody put words where no editor would, in browsers that hear of it in other parcels."""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from pycrdt import Doc, Text

from proposals.editing.domain.gate import Known, Refused
from tests.unit.editing_domain.craft import block, judge, text, update

READER = Path(__file__).parent / "read_orders.mjs"
ROOT = "t:why"
DOCUMENTS = int(os.environ.get("ORDERS", "400"))
KEYS = 30


class Log:
    """The rows of a document, and the id of every letter. No client id has two writers."""

    def __init__(self) -> None:
        self.rows: list[bytes] = []
        self.ids: list[tuple[int, int]] = []
        self._known = Known()

    def take(self, data: bytes) -> None:
        accepted = judge(data, self._known, lambda _: "mine")
        self._known.learn(accepted)
        self.rows.append(accepted.update)
        self.ids += [(run.client, clock) for run in accepted.runs for clock in range(run.start, run.end)]


class Typist:
    """Somebody honest, who hears of the others now and then and types anywhere."""

    def __init__(self, client: int) -> None:
        self._text = Text()
        self._doc = Doc({ROOT: self._text}, client_id=client)
        self._heard = 0

    def hears(self, log: Log) -> None:
        for row in log.rows[self._heard :]:
            self._doc.apply_update(row)
        self._heard = len(log.rows)

    def types(self, log: Log, rng: random.Random) -> None:
        before = self._doc.get_state()
        self._text.insert(rng.randrange(len(str(self._text)) + 1), rng.choice("abcdefghij"))
        log.take(self._doc.get_update(before))


class Intruder:
    """Somebody who puts letters before any other letter, with nothing in front of them."""

    def __init__(self, client: int) -> None:
        self._client = client
        self._clock = 0

    def types(self, log: Log, rng: random.Random) -> None:
        try:
            log.take(update(block(self._client, self._clock, text("Z", right=rng.choice(log.ids)))))
        except Refused:
            return
        self._clock += 1


def written(seed: int) -> list[bytes]:
    rng, log = random.Random(seed), Log()
    first, *clients = rng.sample(range(10, 100_000), 5)
    typists, intruder = [Typist(client) for client in clients], Intruder(first)
    typists[0].types(log, rng)
    for _ in range(KEYS):
        if rng.random() < 0.1:
            intruder.types(log, rng)
            continue
        typist = rng.choice(typists)
        if rng.random() < 0.5:
            typist.hears(log)
        typist.types(log, rng)
    return log.rows


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on the path")
def test_browsers_agree_about_the_order() -> None:
    """[ED198] Row by row, in parcels of two, five or seventeen rows, and loaded at once."""
    lines = "\n".join(" ".join(row.hex() for row in written(seed)) for seed in range(DOCUMENTS)).encode()
    node = subprocess.run(["node", str(READER), ROOT], input=lines, capture_output=True, check=True)
    told = [json.loads(line) for line in node.stdout.splitlines()]
    assert len(told) == DOCUMENTS
    assert [ways for ways in told if any(way != ways[0] for way in ways)] == []
