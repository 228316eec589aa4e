"""The aim's sentence, word for word as the browser makes it (frontend/editor/aim.test.ts)."""

import json
from pathlib import Path

import pytest

from proposals.portfolio.domain.aim import aim_sentence

VECTORS = json.loads((Path(__file__).parents[2] / "data/aim_vectors.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["sentence"][:30] or "nothing")
def test_server_and_browser_say_the_same(vector: dict[str, dict[str, str] | str]) -> None:
    """[FE47]"""
    fields = vector["fields"]
    assert isinstance(fields, dict)
    assert aim_sentence(fields) == vector["sentence"]
