"""The room's side of the gate: what the room knows, whose client ids are whose, and how to take both back."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from proposals.editing.domain import gate
from proposals.editing.domain.gate import Accepted, Ownership
from proposals.editing.domain.known import Known
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.update import Unfit
from proposals.editing.domain.verdicts import Gap
from proposals.editing.domain.wire import Malformed

logger = logging.getLogger(__name__)

# Stands for "somebody": the log has refused a client id without saying whose it is.
SOMEBODY = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """What a room starts from: the log, merged, and what belongs to it."""

    merged: bytes
    head: int
    owners: Mapping[int, int]
    roots: frozenset[str]


class Admission:
    """Checks updates one after the other; what was accepted counts as known until it is taken back."""

    def __init__(self, opening: Opening, limits: Limits) -> None:
        self._known = Known.of(opening.merged)
        self._owners = dict(opening.owners)
        self._roots = opening.roots
        self._limits = limits
        self._reserved: dict[int, int] = {}
        self._stale = False

    def is_free_for(self, client: int, person: int) -> bool:
        return self._ownership(client, person) != "other" and client != gate.SERVER_CLIENT

    def reserve(self, client: int, person: int) -> None:
        """Nobody else may take this client id while its owner-to-be is in the room."""
        self._reserved.setdefault(client, person)

    def release(self, client: int) -> None:
        self._reserved.pop(client, None)

    def admit(self, update: bytes, person: int) -> Accepted:
        """Raises Refused or Gap. Does not learn yet."""
        return gate.check(update, self._known, self._owner(person), roots=self._roots, limits=self._limits)

    def learn(self, accepted: Accepted, person: int) -> frozenset[int]:
        """Count an accepted update as known. The client ids that it uses for the first time."""
        self._known.learn(accepted)
        claims = accepted.clients.difference(self._owners)
        for client in claims:
            self._owners[client] = person
        return claims

    def follow(self, row: bytes) -> None:
        """Know a row that another process has let pass and stored."""
        if self._stale:
            return
        try:
            self._known.follow(row)
        except (Malformed, Unfit, Gap):
            # Then what is known is read anew from the whole, before the next check.
            logger.warning("A stored row could not be followed by itself")
            self._stale = True

    def learn_owners(self, owners: Mapping[int, int]) -> None:
        self._owners.update(owners)

    @property
    def is_stale(self) -> bool:
        """What is known must be read anew before the next check."""
        return self._stale

    def refresh(self, merged: bytes) -> None:
        """With nothing on its way: read anew what is known."""
        self._known = Known.of(merged)
        self._stale = False

    def take_back(self, claims: Iterable[int], taken: Iterable[int]) -> None:
        """Forget what was learnt since the last commit: the log did not take it."""
        for client in claims:
            self._owners.pop(client, None)
        for client in taken:
            self._owners[client] = SOMEBODY
        self._stale = True

    def _owner(self, person: int) -> Callable[[int], Ownership]:
        return lambda client: self._ownership(client, person)

    def _ownership(self, client: int, person: int) -> Ownership:
        owner = self._owners.get(client, self._reserved.get(client))
        if owner is None:
            return "free"
        return "mine" if owner == person else "other"
