"""Putting a proposal away: on both halves' word, or on one's where there is no other to ask."""

from collections.abc import Collection

from workspaces.domain.pairing import PAIR_SIDES, Halves, Side


def alone(halves: Halves, here: Collection[Side]) -> bool:
    """Whether one half's word is enough: the other never accepted, or has left. `here`: who has not left.

    Two who wrote together put it away together, also when they no longer write as a pair.
    """
    return any(side not in halves.accepted or side not in here for side in PAIR_SIDES)
