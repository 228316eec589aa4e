"""Only workflow's services move a proposal to another stage."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON_WINGS, files, short

MOVERS = {"proposals/workflow/services.py"}


@pytest.mark.parametrize("path", list(files(*PYTHON_WINGS)), ids=short)
def test_nobody_else_assigns_stage(path: Path) -> None:
    targets = [
        t for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Assign) for t in n.targets
    ]
    writes = [t for t in targets if isinstance(t, ast.Attribute) and t.attr == "stage"]
    assert not writes or short(path) in MOVERS
