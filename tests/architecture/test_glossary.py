"""Words with one meaning: none of the words we agreed not to use names anything."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON_WINGS, files, short

BANNED_NAMES = re.compile(
    r"(?<![a-z])(pad|op_log|version_vector|ack|kpi|roi|helper|util|utils)(?![a-z])", re.IGNORECASE
)
BANNED_CLASSES = re.compile(r"(Manager|Helper|Util|Utils|Service)$")


@pytest.mark.parametrize("path", list(files(*PYTHON_WINGS)), ids=short)
def test_names_use_the_glossary(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = {
        n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
    }
    assert [n for n in names if BANNED_NAMES.search(n) or BANNED_CLASSES.search(n)] == []
