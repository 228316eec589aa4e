"""Hostile frames on lines of their own, one line after the other, and how many of them were read."""

import asyncio
import contextlib
import itertools
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from proposals.editing.domain import protocol
from proposals.editing.domain.wire import Reader
from tests.protocol.conftest import Place
from tests.protocol.hostility import Attacker
from tests.protocol.rawline import RawLine

A_LINE = 24  # frames, unless the server ends it before
QUESTION = b"\x00\x00"
UPDATES = (b"\x00\x01", b"\x00\x02")
NOTHING = b"\x00\x01\x02\x00\x00"  # "this is all I have": the answer to the question of a gap
NO_MESSAGE = b"\x09"
PATIENCE = 10.0
SILENCE = 0.05  # two ticks


@dataclass
class Tally:
    """What became of the frames of an attack that ends when so many are read.

    `read` counts no frame of which the server may have seen nothing. A frame is read when something has come
    back that only it, or a later one of its line, can have called forth; of those without an answer when the
    server ends the line one is, for which it does. What is sent into a line that has ended never is.
    """

    wanted: int
    lines: int = 0
    sent: int = 0
    read: int = 0
    codes: set[int | None] = field(default_factory=set)


async def attack(place: Place, rng: random.Random, tally: Tally) -> None:
    """Line after line, each until the server ends it, until enough frames are read."""
    people = (place.cast.amara, place.cast.ben, place.cast.dele)
    while tally.read < tally.wanted:
        line = await RawLine.to(place.door(rng.choice(people)))
        tally.lines += 1
        async with asyncio.timeout(PATIENCE):
            await question(line)
            malice = Attacker(rng, next(place.clients)).frames()
            await Assault(line, tally, answers=rng.random() < 0.5).throw(itertools.islice(malice, A_LINE))
            while line.code is None and await line.hear() is not None:
                pass
        line.leave()
        tally.codes.add(line.code)


async def question(line: RawLine) -> None:
    """What every newcomer is asked; whoever may not come in is not."""
    while (told := await line.hear()) is not None and told[:2] != QUESTION:
        pass


class Assault:
    """One line. Each frame is sent when the one before it is known to be read, so that none hides another.

    `answers`: asked for all it has, as after a gap, it says that it has nothing, and so may go on. Another
    stays silent: the server holds its receipts back, and what it sends from then on may have no answer.
    """

    def __init__(self, line: RawLine, tally: Tally, *, answers: bool) -> None:
        self._line = line
        self._tally = tally
        self._answers = answers
        self._updates = 0  # sent so far, as receipts count them
        self._unsure = 0  # frames since the last answer
        self._held = False  # the server waits for all we have
        self._refused = False  # so said its last answer

    async def throw(self, frames: Iterable[bytes]) -> None:
        """Until the server ends the line. If it does not, it is told something that is no message at all."""
        for frame in frames:
            if not await self._is_survived(frame):
                return
        if await self._is_answered(NOTHING, held=False):
            self._line.send(NO_MESSAGE)

    async def _is_survived(self, frame: bytes) -> bool:
        self._tally.sent += 1
        self._unsure += 1
        if frame[:2] in UPDATES:
            return await self._is_answered(frame, held=self._held)
        self._line.send(frame)
        # Nothing need come of it. So an update of nothing follows: its receipt says that both are read.
        return self._held or await self._is_answered(NOTHING, held=False)

    async def _is_answered(self, update: bytes, *, held: bool) -> bool:
        """Wait until the server has said what it makes of this update. False: it has ended the line."""
        self._line.send(update)
        self._updates += 1
        try:
            async with asyncio.timeout(SILENCE if held else PATIENCE):
                is_open = await self._hear()
        except TimeoutError:
            if held:
                return True
            raise
        # After a refusal the line may end for what was refused; then of what came behind nothing was read.
        self._tally.read += self._unsure if is_open else min(self._unsure, 0 if self._refused else 1)
        self._unsure = 0
        return is_open and not (self._refused and await self._is_ended())

    async def _hear(self) -> bool:
        while (told := await self._line.hear()) is not None:
            if told[:2] == QUESTION:
                self._refused = False
                if not self._answers:
                    self._held = True
                    return True
                self._line.send(NOTHING)
                self._updates += 1
            elif told[0] in (protocol.ACK, protocol.REJECT) and Reader(told[1:]).varuint() >= self._updates:
                self._refused = told[0] == protocol.REJECT
                self._held = self._held and self._refused
                return True
        return False

    async def _is_ended(self) -> bool:
        """Most refusals come with the end of the line."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SILENCE):
                while await self._line.hear() is not None:
                    pass
                return True
        return False
