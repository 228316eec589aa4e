"""From a room's inbox into the log: check what waits, send it off, and deal with each answer."""

from collections.abc import Mapping

from proposals.editing.domain import protocol
from proposals.editing.domain.admission import Admission
from proposals.editing.domain.committed import Committed
from proposals.editing.domain.gate import Accepted
from proposals.editing.domain.peers import Effect, Flight, Line, Peer, Reject, Send, Ticket, Waiting, closing
from proposals.editing.domain.protocol import CloseCode
from proposals.editing.domain.verdicts import Gap, Refused

BARRED = "You can no longer write here, so your last change was not saved. It is kept on this device."
SIGNED_OUT = "You are no longer signed in, so your last change was not saved. It is kept on this device."
FROZEN = "This document was closed while you were writing. Your last change is kept on this device."
NOT_YOURS = "Somebody else already writes under this page's number. Please reload the page."
FULL = "This document has reached its largest size. Please shorten something before you add more."
LOST = "This change builds on one that was not saved, so it was not saved either."

# What one peer may have waiting before its socket is closed. Long before, its line is read no further: what
# still comes is one read's worth of the smallest updates.
MOST_WAITING = 4_000
MOST_WAITING_BYTES = 4_194_304
# How often a peer is asked for all it has before we give up on it.
MOST_GAPS = 3


class Intake:
    """At most one flight is on its way into the log; meanwhile the rest waits unchecked."""

    def __init__(self, text: Committed, admission: Admission, most_bytes: int) -> None:
        self.admission = admission
        self.flight: Flight | None = None
        self.inbox: list[Waiting] = []
        self.missed_something = False  # an update built on something that is not here
        self._text = text
        self._most_bytes = most_bytes

    def queue(self, peer: Peer, update: bytes, *, whole: bool) -> list[Effect]:
        peer.received += 1
        newest = peer.newest
        if newest is not None and not whole and newest.takes(update):
            peer.waiting_bytes += len(update)
        else:
            newest = peer.newest = Waiting(peer, peer.received, update, whole)
            self.inbox.append(newest)
            count(newest)
        if peer.waiting > MOST_WAITING or peer.waiting_bytes > MOST_WAITING_BYTES:
            return [closing(peer, CloseCode.BUSY, "inbox full")]
        return []

    @property
    def fill(self) -> int:
        """How full the document is, in per cent."""
        return min(100, self._text.size * 100 // self._most_bytes)

    def take(self) -> tuple[Flight, list[Effect]]:
        """Check what waits. If any line comes of it, it is on its way until the log has answered."""
        if self.admission.is_stale:  # asked first: putting the whole text together costs by its size
            self.admission.refresh(self._text.merged)
        flight = Flight()
        effects: list[Effect] = []
        waiting, self.inbox = self.inbox, []
        for each in waiting:
            each.peer.newest = None
            each.peer.waiting -= 1
            each.peer.waiting_bytes -= each.size
            each.settle()
            if not each.peer.closed:
                effects += self._admit(each, flight)
        if flight.lines:
            self.flight = flight
        return flight, effects

    def stored(self) -> tuple[Flight, bytes]:
        """The log has taken it: what was on its way, and its lines as one update."""
        flight = self._landed()
        update = flight.together()
        self._text.add(update)
        return flight, update

    def refused(
        self, barred: frozenset[int], taken: frozenset[int], ended: frozenset[Ticket] = frozenset()
    ) -> list[Effect]:
        """The log took nothing, because of these people, ids or tickets. What others sent waits again."""
        flight = self._landed()
        claims_of = {line.waiting: line.claims for line in flight.lines}
        self.admission.take_back({c for line in flight.lines for c in line.claims}, taken)
        effects, again = list[Effect](), list[Waiting]()
        for waiting in flight.waitings:
            if waiting.peer.ticket in ended:
                effects += self._reject(waiting, ("signed-out", SIGNED_OUT), CloseCode.SIGN_IN)
            elif waiting.peer.person in barred:
                effects += self._reject(waiting, ("no-access", BARRED), CloseCode.NO_ACCESS)
            elif claims_of.get(waiting, frozenset()) & taken:
                effects += self._reject(waiting, ("client-id", NOT_YOURS), CloseCode.OTHER_EPOCH)
            else:
                again.append(waiting)
                count(waiting)
        self.inbox = again + self.inbox
        return effects

    def frozen(self) -> list[Effect]:
        """The epoch is closed: whoever has unsaved words is told which."""
        flight, self.flight = self.flight or Flight(), None
        unsaved, self.inbox = [*flight.waitings, *self.inbox], []
        return [effect for each in unsaved if each.peer.ours for effect in rejects(each, "frozen", FROZEN)]

    def _landed(self) -> Flight:
        flight, self.flight = self.flight, None
        if flight is None:
            raise RuntimeError("nothing was on its way")
        return flight

    def _admit(self, waiting: Waiting, flight: Flight) -> list[Effect]:
        peer = waiting.peer
        try:
            accepted = self.admission.admit(waiting.update, peer.person)
        except Gap:
            return self._gap(waiting)
        except Refused as refusal:
            code = CloseCode.MALFORMED if refusal.fatal else None
            return self._reject(waiting, (refusal.code, refusal.sentence), code)
        if accepted.clients and (verdict := self._objection(peer, accepted, flight)):
            return self._reject(waiting, verdict, None)
        flight.waitings.append(waiting)
        if peer.writes and not accepted.brings_nothing:
            claims = self.admission.learn(accepted, peer.person)
            flight.lines.append(Line(waiting, accepted.update, accepted.clients, claims))
            flight.size += len(accepted.update)
        self._settle(waiting, flight)
        return []

    def _objection(self, peer: Peer, accepted: Accepted, flight: Flight) -> tuple[str, str] | None:
        """New text from a reader, or beyond what a document may hold. Deleting is always welcome."""
        if not peer.writes:
            return "read-only", peer.reason
        if self._text.size + flight.size + len(accepted.update) > self._most_bytes:
            return "too-big", FULL
        return None

    def _settle(self, waiting: Waiting, flight: Flight) -> None:
        """A receipt may count this update, unless an earlier one of this peer is still missing."""
        peer = waiting.peer
        if waiting.whole:
            peer.holding, peer.gaps = False, 0
        if not peer.holding:
            flight.settled[peer.key] = waiting.count

    def _gap(self, waiting: Waiting) -> list[Effect]:
        """Ask for everything the sender has, once, and hold its receipts until that has come."""
        peer = waiting.peer
        if not peer.writes:
            return self._reject(waiting, ("read-only", peer.reason), None)
        if peer.refused:
            return self._reject(waiting, ("gap", LOST), None)
        self.missed_something = True
        if peer.holding and not waiting.whole:
            return []
        peer.holding = True
        peer.gaps += 1
        if peer.gaps > MOST_GAPS:
            return [closing(peer, CloseCode.MALFORMED, "cannot be brought up to date")]
        return [Send(peer.key, self._text.step1())]

    def _reject(self, waiting: Waiting, why: tuple[str, str], code: CloseCode | None) -> list[Effect]:
        """Our own clients hear which words were refused and why. A stock client that writes is closed."""
        peer = waiting.peer
        peer.refused = True
        effects: list[Effect] = []
        if peer.ours:
            effects += rejects(waiting, *why)
        elif code is None and peer.writes:
            code = CloseCode.TOO_LARGE if why[0] == "too-big" else CloseCode.MALFORMED
        if code is not None and not peer.closed:
            effects.append(closing(peer, code, why[0]))
        return effects


def count(waiting: Waiting) -> None:
    """It is in the inbox."""
    waiting.peer.waiting += 1
    waiting.peer.waiting_bytes += waiting.size


def rejects(waiting: Waiting, reason: str, sentence: str) -> list[Effect]:
    """Each of the sender's updates in it is refused, and why."""
    key = waiting.peer.key
    return [Reject(key, protocol.reject(each, reason, sentence), reason) for each in waiting.counts]


def receipts(flight: Flight, here: Mapping[int, Peer], seq: int) -> list[Effect]:
    """For each of our own clients: how many of its updates are settled now."""
    return [
        Send(key, protocol.receipt(count, seq))
        for key, count in flight.settled.items()
        if key in here and here[key].ours
    ]
