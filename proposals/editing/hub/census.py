"""What stands in this process's hubs at this moment: rooms, sockets, and what waits in both directions."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from proposals.editing.hub.seats import OpenRoom

if TYPE_CHECKING:
    from proposals.editing.hub.hub import Hub


class Census(Collector):
    """Looks when it is asked, from whatever thread asks; the hubs do nothing for it."""

    def __init__(self, hubs: "Callable[[], Mapping[asyncio.AbstractEventLoop, Hub]]") -> None:
        self._hubs = hubs

    def describe(self) -> list[Metric]:
        return list(self.collect())

    def collect(self) -> Iterator[Metric]:
        loops = self._hubs()
        hubs = list(loops.values())
        tasks = sum(len(asyncio.all_tasks(loop)) for loop in loops)
        places = [place for each in hubs for place in list(each.rooms.values())]
        for name, meaning, value in (
            ("rooms", "Documents that are open.", len(places)),
            ("room_bytes", "Bytes of all open documents.", sum(size_of(place) for place in places)),
            (
                "largest_room_bytes",
                "Bytes of the largest open document.",
                max(map(size_of, places), default=0),
            ),
            ("sockets", "Sockets at documents.", sum(map(crowd_of, places))),
            (
                "largest_room_sockets",
                "Sockets at the fullest document.",
                max(map(crowd_of, places), default=0),
            ),
            (
                "notice_sockets",
                "Sockets that only listen for hints.",
                sum(len(each.audiences) for each in hubs),
            ),
            ("tasks", "Tasks of the event loop.", tasks),
        ):
            yield GaugeMetricFamily(f"coprod_{name}", meaning, value)
        yield from waiting(places)


def waiting(places: list[OpenRoom]) -> Iterator[Metric]:
    """What has arrived and is not in the log, and what was sent and has not left."""
    seats = [seat for place in places for seat in list(place.seats.values())]
    for name, meaning, value in (
        ("queue_updates", "Updates that wait for the log.", sum(seat.peer.waiting for seat in seats)),
        (
            "queue_bytes",
            "Bytes of updates that wait for the log.",
            sum(seat.peer.waiting_bytes for seat in seats),
        ),
        ("outbox_bytes", "Bytes that sockets have not taken yet.", sum(seat.socket.unsent for seat in seats)),
    ):
        yield GaugeMetricFamily(f"coprod_{name}", meaning, value)


def size_of(place: OpenRoom) -> int:
    return place.room.text.size


def crowd_of(place: OpenRoom) -> int:
    return len(place.seats)
