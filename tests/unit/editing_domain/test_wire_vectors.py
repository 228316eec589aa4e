"""Every frame, byte for byte as the browser knows it (frontend/editor/wire.test.ts)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from proposals.editing.domain import protocol

VECTORS = json.loads((Path(__file__).parents[2] / "data/wire_vectors.json").read_text())

WRITERS: dict[str, Callable[[Any], bytes]] = {
    "hello": lambda v: protocol.hello(v["schema"], v["client"]),
    "step1": lambda v: protocol.sync_step1(dict(v["vector"])),
    "step2": lambda v: protocol.sync_step2(bytes.fromhex(v["update"])),
    "update": lambda v: protocol.sync_update(bytes.fromhex(v["update"])),
    "awareness": lambda v: protocol.awareness([protocol.Entry(*entry) for entry in v["entries"]]),
    "query": lambda v: protocol.query_awareness(),
    "receipt": lambda v: protocol.receipt(v["count"], v["seq"]),
    "state": lambda v: protocol.state(v["json"]),
    "event": lambda v: protocol.event(v["json"]),
    "reject": lambda v: protocol.reject(v["count"], v["code"], v["sentence"]),
}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_server_and_browser_write_the_same_bytes(vector: dict[str, Any]) -> None:
    """[FE30]"""
    assert WRITERS[vector["name"]](vector).hex() == vector["hex"]
