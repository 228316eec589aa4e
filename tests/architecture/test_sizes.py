"""Files and functions stay small enough to read in one sitting."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON_WINGS, files, short

FILE_LINES = 300
TEST_FILE_LINES = 400
FUNCTION_LINES = 40


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_source_files_are_short() -> None:
    sources = [*files(*PYTHON_WINGS), *files("frontend", ends=(".ts", ".scss", ".html"))]
    long = {short(p): lines(p) for p in sources if lines(p) > cap(p)}
    assert long == {}


def cap(path: Path) -> int:
    return TEST_FILE_LINES if ".test." in path.name or "bench" in path.parts else FILE_LINES


def test_test_files_are_short() -> None:
    assert {short(p): lines(p) for p in files("tests") if lines(p) > TEST_FILE_LINES} == {}


@pytest.mark.parametrize("path", list(files(*PYTHON_WINGS)), ids=short)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text())
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions}
    assert {name: n for name, n in long.items() if n > FUNCTION_LINES} == {}


@pytest.mark.parametrize(
    "path", [p for p in files(*PYTHON_WINGS, "tests") if p.read_text().strip()], ids=short
)
def test_every_file_says_what_lives_there(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))
