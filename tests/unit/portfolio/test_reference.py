"""References of proposals."""

from proposals.portfolio.domain.reference import next_reference, stem


def test_the_first_of_a_year() -> None:
    """[PF11] Three digits, counted for each prefix and year."""
    assert next_reference(stem("mb", 2026), []) == "MB-2026-001"


def test_the_number_after_the_highest() -> None:
    """[PF11] A gap is not filled: its number may stand in somebody's papers."""
    assert next_reference("MB-2026-", ["MB-2026-002", "MB-2026-017", "MB-2026-old"]) == "MB-2026-018"


def test_more_than_a_thousand() -> None:
    """[PF11] Numbers outgrow three digits without starting again."""
    assert next_reference("MB-2026-", ["MB-2026-999", "MB-2026-1000"]) == "MB-2026-1001"
