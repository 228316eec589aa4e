"""What leaves for the sockets of a room in one piece: a write to a socket costs more than what is in it."""

from collections.abc import Iterable, Iterator

from proposals.editing.domain.frames import framed
from proposals.editing.domain.peers import Cast, Effect, Send
from proposals.editing.hub.seats import Seat

Said = tuple[bytes, list[bytes]]  # frames as they go over the line, put together, and one by one


class Parcel:
    """Frames for the same people in a row, and behind them what single people are told."""

    def __init__(self) -> None:
        self.casts: list[Cast] = []
        self._sends: dict[int, list[bytes]] = {}

    def takes(self, effect: Effect) -> bool:
        """Whether this one may go along: what single people are told does only behind something for all."""
        if isinstance(effect, Send) and self.casts:
            self._sends.setdefault(effect.to, []).append(effect.frame)
            return True
        if isinstance(effect, Cast) and not self._sends and are_for_the_same(effect, *self.casts[:1]):
            self.casts.append(effect)
            return True
        return False

    def shares(self, seats: Iterable[tuple[int, Seat]]) -> Iterator[tuple[Seat, Said]]:
        """What each of them gets: most get the very same bytes."""
        ours, but = self.casts[0].ours, self.casts[0].but
        frames = [cast.frame for cast in self.casts]
        everybodys = b"".join(map(framed, frames)), frames
        sends = self._sends
        for key, seat in seats:
            own = sends.get(key)
            if key != but and (ours is None or seat.peer.ours is ours):
                yield seat, joined(everybodys, own) if own else everybodys
            elif own:
                yield seat, joined((b"", []), own)


def joined(first: Said, then: list[bytes]) -> Said:
    data, frames = first
    return data + b"".join(map(framed, then)), [*frames, *then]


def are_for_the_same(*casts: Cast) -> bool:
    """Whether all are for just the same people."""
    return len({(cast.ours, cast.but) for cast in casts}) == 1
