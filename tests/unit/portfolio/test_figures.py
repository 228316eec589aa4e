"""Figures as people write them."""

from decimal import Decimal

import pytest

from proposals.portfolio.domain.figures import figure


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12", 12),
        ("12.5", Decimal("12.5")),
        (".5", Decimal("0.5")),
        ("£25,000", 25_000),
        ("£ 1,234,567.89", Decimal("1234567.89")),
        ("-3", -3),
        ("\u2212£3", -3),
        ("30 %", 30),
        ("£25k", 25_000),
        ("1.2m", 1_200_000),
    ],
)
def test_it_is_read(said: str, number: Decimal) -> None:
    """[PF31]"""
    assert figure(said) == number


@pytest.mark.parametrize("said", ["", "ten", "1,23", "12 to 14", "£", "%", "1e9", "NaN", "2026-01-01", "٣"])
def test_other_words_are_no_figure(said: str) -> None:
    """[PF31]"""
    assert figure(said) is None
