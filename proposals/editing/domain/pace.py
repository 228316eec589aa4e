"""How long the hub waits between two ticks: not at all when it is quiet, longer the dearer a tick is."""


class Pace:
    """The gap follows the running mean of what a tick costs. Pure: told the times, never looks at a clock."""

    # A tick that costs 0.5 ms is followed by 20 ms of gathering, within these bounds.
    LEAST, MOST, TIMES = 0.002, 0.023, 40.0
    WEIGHT = 0.2

    def __init__(self) -> None:
        self.cost = 0.0
        self.last = float("-inf")

    @property
    def gap(self) -> float:
        return min(self.MOST, max(self.LEAST, self.TIMES * self.cost))

    def due(self, now: float) -> float:
        """When the next tick may run: now, if the last one is long enough ago."""
        return max(now, self.last + self.gap)

    def ran(self, now: float) -> None:
        self.last = now

    def spent(self, seconds: float) -> None:
        """Count the CPU time of one tick, from gate to the last frame handed over."""
        self.cost += (seconds - self.cost) * self.WEIGHT
