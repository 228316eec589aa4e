"""The rooms that are open in this process, and what moves them: sockets, ticks, the log, the clock."""

from proposals.editing.hub.audience import Audience
from proposals.editing.hub.hub import Hub, hub
from proposals.editing.hub.pressure import Throttle
from proposals.editing.hub.seats import Full, Seat, Socket
from proposals.editing.hub.visits import Visit, visit

__all__ = ["Audience", "Full", "Hub", "Seat", "Socket", "Throttle", "Visit", "hub", "visit"]
