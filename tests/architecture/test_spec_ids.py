"""Every numbered promise in docs/spec has a test that carries its number, and the other way round."""

import re

from tests.architecture.sources import ROOT, files


def promised() -> list[str]:
    return [
        i
        for page in sorted((ROOT / "docs/spec").glob("*.md"))
        for i in re.findall(r"\*\*([A-Z]{2}\d+)\*\*", page.read_text())
    ]


def carried() -> set[str]:
    tests = [*files("tests"), *(p for p in files("frontend", ends=(".ts",)) if ".test." in p.name)]
    return {i for path in tests for i in re.findall(r"\[([A-Z]{2}\d+)\]", path.read_text())}


def test_numbers_are_given_once() -> None:
    numbers = promised()
    assert sorted(numbers) == sorted(set(numbers))


def test_every_promise_has_a_test() -> None:
    assert set(promised()) - carried() == set()


def test_every_test_names_a_promise() -> None:
    assert carried() - set(promised()) == set()
