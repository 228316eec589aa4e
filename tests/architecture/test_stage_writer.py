"""Only one file moves a proposal to another stage or status."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON_WINGS, files, short

MOVERS = {"proposals/workflow/services/moving.py"}
NAMES = {"stage", "status"}
# An open room knows the stage of its text, to tell its peers.
OTHERS = {"proposals/editing/domain/room.py"}


@pytest.mark.parametrize("path", list(files(*PYTHON_WINGS)), ids=short)
def test_nobody_else_assigns_stage(path: Path) -> None:
    targets = [
        part
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        for part in ast.walk(target)
    ]
    writes = [
        part.attr
        for part in targets
        if isinstance(part, ast.Attribute) and part.attr in NAMES and not _is_own(part)
    ]
    assert not writes or short(path) in MOVERS | OTHERS


def _is_own(part: ast.Attribute) -> bool:
    """What an object of some other class calls its own stage, or a value that is only read."""
    on_self = isinstance(part.value, ast.Name) and part.value.id == "self"
    return on_self or not isinstance(part.ctx, ast.Store)
