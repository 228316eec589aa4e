"""May this person write here, asked inside the transaction that stores the words, and cheap to ask again."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils import timezone

from proposals.editing.domain.peers import Ticket
from proposals.editing.log import holding
from proposals.editing.log.direct import Direct, Key
from proposals.editing.log.holding import Holder
from proposals.portfolio.access import may_write

Sign = tuple[sqlite3.Connection, int, date]

# So many answers are remembered; then they are asked for anew.
MOST_KNOWN = 10_000


class Rights:
    """Remembers a yes only while it cannot have changed.

    SQLite tells in a microsecond whether any other connection has committed since; inside our write
    transaction nobody can. PostgreSQL has no such sign: there a yes lasts for one transaction, and whatever
    it leans on is locked until that has committed, so that taking a right away comes before or after it.
    """

    def __init__(self) -> None:
        self._known: set[tuple[int, int]] = set()
        self._until: dict[Holder, datetime] = {}
        self._as_of: Sign | None = None
        self._now = timezone.now()

    def begin(self, holders: Collection[Holder], epochs: Sequence[Key], direct: Direct) -> None:
        """Call at the start of each write transaction, with everybody who has lines in it."""
        self._now = timezone.now()
        as_of = self._sign(direct)
        if as_of is None or as_of != self._as_of or len(self._known) + len(self._until) > MOST_KNOWN:
            self._known.clear()
            self._until.clear()
            self._as_of = as_of
        holding.hold(holders, epochs, direct)
        self._until.update(
            holding.valid([holder for holder in holders if holder[1] and holder not in self._until])
        )

    def lets_in(self, person_id: int, ticket: Ticket) -> bool:
        """Signed in still?"""
        until = self._until.get((person_id, ticket))
        return until is not None and until > self._now

    def may_write(self, person_id: int, document_id: int) -> bool:
        pair = (person_id, document_id)
        if pair not in self._known:
            if not may_write(person_id, document_id):
                return False
            self._known.add(pair)
        return True

    def _sign(self, direct: Direct) -> Sign | None:
        if not direct.is_alone:
            return None
        version: int = direct.ask("PRAGMA data_version")[0][0]
        # The number counts for one connection, so the connection is part of the sign.
        return direct.source, version, timezone.localdate(self._now, timezone.get_default_timezone())
