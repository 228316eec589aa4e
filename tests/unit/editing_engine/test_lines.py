"""Many sockets read in one go, on arrival or at a tick."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from proposals.editing.hub.lines import Lines


@contextmanager
def a_line() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    here.setblocking(False)
    with here, there:
        yield here, there


def test_a_quiet_hub_reads_on_arrival_and_a_busy_one_at_its_tick() -> None:
    """[ED192]"""

    async def go() -> None:
        held, heard = [False], asyncio.Queue[bytes]()
        lines = Lines(lambda: held[0])
        with a_line() as (here, there):
            assert lines.add(here.fileno(), lambda: heard.put_nowait(here.recv(100)))
            there.send(b"one")
            assert await asyncio.wait_for(heard.get(), 5) == b"one"
            held[0] = True
            there.send(b"two")
            async with asyncio.timeout(5):
                while lines.is_watched:  # noqa: ASYNC110 - the loop turns until it has looked
                    await asyncio.sleep(0)
            assert heard.empty()
            assert lines.drain()
            assert heard.get_nowait() == b"two"
            assert not lines.drain()
            held[0] = False
            there.send(b"three")
            assert await asyncio.wait_for(heard.get(), 5) == b"three"
        lines.close()

    asyncio.run(go())


def test_a_line_that_ended_leaves_the_number_to_its_successor() -> None:
    """[ED192]"""

    async def go() -> None:
        lines, heard = Lines(lambda: True), list[str]()

        def first() -> None:
            heard.append("first")

        def second() -> None:
            heard.append("second")

        with a_line() as (here, _):
            number = here.fileno()
            lines.add(number, first)
        with a_line() as (here, there):
            assert here.fileno() == number
            lines.add(number, second)
            lines.remove(number, first)
            there.send(b"x")
            assert lines.drain()
            lines.remove(number, second)
            lines.remove(number, second)
            assert not lines.drain()
        assert heard == ["second"]
        lines.close()

    asyncio.run(go())
