"""Which committee of an organisation a proposal goes to: by its route and its cost over its whole life."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import inf

from proposals.portfolio.domain.stages import Route

Amounts = tuple[Decimal | None, Decimal | None]
UNKNOWN: Amounts = (None, None)


@dataclass(frozen=True, slots=True)
class Body:
    """A committee and what was delegated to it, in whole pounds; None: no limit."""

    pk: int
    revenue: int | None
    capital: int | None
    has_parent: bool

    @property
    def size(self) -> tuple[float, float, int]:
        return (_limit(self.revenue), _limit(self.capital), self.pk)

    def covers(self, amounts: Amounts) -> bool:
        """What nobody knows yet is within no limit, so that it goes to somebody who may decide on much."""
        limits = (self.revenue, self.capital)
        return all(
            limit is None or (amount is not None and amount <= limit)
            for limit, amount in zip(limits, amounts, strict=True)
        )


def choose(route: Route, bodies: Sequence[Body], amounts: Amounts = UNKNOWN) -> int | None:
    """The smallest that may decide it. What is above them all goes to the largest, which can refer it up."""
    ordered = sorted(bodies, key=lambda body: body.size)
    if not ordered:
        return None
    if route in (Route.TEST, Route.SHORT) and amounts == UNKNOWN:
        return ordered[0].pk
    largest = next((body for body in reversed(ordered) if body.has_parent), ordered[-1])
    if route is Route.ESCALATED:
        return largest.pk
    return next((body for body in ordered if body.covers(amounts)), largest).pk


def _limit(limit: int | None) -> float:
    return inf if limit is None else limit
