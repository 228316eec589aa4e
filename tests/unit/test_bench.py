"""What the bench says where it could not measure: one sentence, not a log."""

import pytest

from tests.load import __main__ as bench
from tests.load import tables, threads

TRACE = "Traceback (most recent call last):\n  File “x”, line 1\nValueError: The port is taken"
LOG = "Locator.click: Timeout 30000ms exceeded\nCall log:\n  - waiting for the button\n"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (TRACE, "ValueError: The port is taken."),
        (LOG, "Locator.click: Timeout 30000ms exceeded."),
        ("It is late.", "It is late."),
        ("", "RuntimeError."),
    ],
)
def test_a_reason_is_one_sentence(said: str, sentence: str) -> None:
    """[FE86]"""
    assert tables.sentence(RuntimeError(said)) == sentence


def test_letters_that_never_came_are_no_figure() -> None:
    """[FE86] Neither a page on which too little was typed, nor one that did not see all of it."""
    typed = [(float(nth), 5.0) for nth in range(threads.KEYS)]
    seen = [(float(nth), nth + 1) for nth in range(threads.KEYS)]
    assert threads.result(typed, seen, 1.0).own == 5.0
    with pytest.raises(RuntimeError, match="only 10 came to the other's screen"):
        threads.result(typed, seen[:10], 1.0)
    with pytest.raises(RuntimeError, match="only 0 came to the typist's own screen"):
        threads.result([], seen, 1.0)


def test_the_table_says_why(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """[FE86]"""

    def fails() -> None:
        raise RuntimeError("Chromium is not installed. On Debian: apt-get install chromium")

    monkeypatch.setattr(bench, "measured", fails)
    bench.threads()
    printed = capsys.readouterr().out
    assert "failed" in printed
    assert printed.endswith(
        "This could not be measured: Chromium is not installed. On Debian: apt-get install chromium.\n"
    )
