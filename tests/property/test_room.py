"""Random peers join, type, lose, repeat, overtake, leave and crash; everybody ends with what the log holds.

After the random tests of Yjs (its tests/testHelper.js): a seed names a run, and a failure prints its seed.
"""

import random
from collections import Counter

import pytest
from pycrdt import Doc, Text

from proposals.editing.domain.protocol import decode, decode_state_vector
from tests.property.worlds import LIMITS, ROOT, Client, Log, Process

RUNS, STEPS = 200, 60
WORDS = ("a", "patient ", "\n", "waits 😀 ", "é", "beds")


class World:
    """Four people, two processes, one log; steps are drawn by weight."""

    WEIGHTS = {
        "type": 10,
        "delete": 3,
        "arrive": 12,
        "hear": 8,
        "tick": 8,
        "commit": 8,
        "catch_up": 2,
        "repeat": 1,
        "overtake": 4,
        "leave": 1,
        "lose": 1,
        "join": 4,
        "crash": 1,
    }

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.log = Log()
        self.processes = [Process(self.log), Process(self.log)]
        self.clients = [Client(person) for person in range(1, 5)]
        self.keys = 0
        for client in self.clients:
            self.connect(client)

    def run(self, steps: int) -> None:
        names, weights = list(self.WEIGHTS), list(self.WEIGHTS.values())
        for name in self.chance.choices(names, weights, k=steps):
            getattr(self, name)(self.chance.choice(self.clients))
            self.only_committed_text_is_seen()

    # -- steps -------------------------------------------------------------------------------------------
    def connect(self, client: Client) -> None:
        self.keys += 1
        client.connect(self.chance.choice(self.processes), self.keys)

    def join(self, client: Client) -> None:
        if client.peer is None:
            self.connect(client)

    def leave(self, client: Client) -> None:
        client.disconnect()

    def type(self, client: Client) -> None:
        for word in self.chance.choices(WORDS, k=self.chance.randint(1, 4)):
            said = client.said
            client.text.insert(len(said[: self.chance.randint(0, len(said))].encode()), word)

    def delete(self, client: Client) -> None:
        said = client.said
        if len(said) > 1:
            start = self.chance.randrange(1, len(said))
            before, gone = said[:start].encode(), said[start : start + 3].encode()
            del client.text[len(before) : len(before) + len(gone)]

    def arrive(self, client: Client) -> None:
        """Some frames of this client reach its process."""
        for _ in range(self.chance.randint(1, 6)):
            self._arrive(client)

    def _arrive(self, client: Client, at: int = 0) -> None:
        if client.peer is not None and client.process is not None and client.to_server[at:]:
            process, key = client.process, client.peer.key
            frame, update = client.to_server.pop(at)
            if update is not None:
                client.arrived.append(update)
            process.apply(process.room.receive(key, decode(frame, LIMITS)))

    def hear(self, client: Client) -> None:
        for _ in range(self.chance.randint(1, 8)):
            self._hear(client)

    def _hear(self, client: Client) -> None:
        """[ED31] What a receipt counts is in the log."""
        if not client.to_client:
            return
        for count in client.hear(client.to_client.pop(0)):
            self.seen["receipt"] += 1
            replay = self.log.replay()
            before = replay.get_update()
            for update in client.arrived[:count]:
                replay.apply_update(update)
            assert replay.get_update() == before

    def tick(self, client: Client) -> None:
        self.chance.choice(self.processes).take()

    def commit(self, client: Client) -> None:
        self.chance.choice(self.processes).commit()

    def catch_up(self, client: Client) -> None:
        self.chance.choice(self.processes).catch_up()

    def repeat(self, client: Client) -> None:
        """The newest update is sent twice."""
        if client.to_server and client.to_server[-1][1] is not None:
            client.to_server.append(client.to_server[-1])

    def overtake(self, client: Client) -> None:
        """The newest update arrives before the others; a real line keeps order. Nobody passes a sync."""
        typed = [frame[:2] == b"\x00\x02" for frame, _ in client.to_server]
        if len(typed) > 1 and all(typed):
            self.seen["overtaken"] += 1
            self._arrive(client, at=len(client.to_server) - 1)
            for step in self.chance.choices([self.tick, self.commit, self.arrive, self.hear], k=8):
                step(client)

    def lose(self, client: Client) -> None:
        """A frame is lost, and as on any real line everything after it is too."""
        kept = self.chance.randint(0, len(client.to_server))
        for _ in range(kept):
            self._arrive(client)
        client.disconnect()

    def crash(self, client: Client) -> None:
        """[ED32] Before the commit; or after it, before anybody was told."""
        process = self.chance.choice(self.processes)
        if process.flying and self.chance.random() < 0.5:
            process.commit(crash_after=True)
        else:
            process.crash()

    # -- what always holds -------------------------------------------------------------------------------
    def only_committed_text_is_seen(self) -> None:
        """[ED33] Nobody holds another person's words that are not in the log."""
        known = clocks(self.log.replay())
        for client in self.clients:
            for other, clock in clocks(client.doc).items():
                assert other == client.id or clock <= known.get(other, 0)

    def settle(self) -> None:
        """Everybody connects once more, and every line is emptied."""
        for client in self.clients:
            client.disconnect()
        self._finish()
        for client in self.clients:
            self.connect(client)
        for _ in range(4):
            for client in self.clients:
                while client.to_server or client.to_client:
                    self._arrive(client)
                    self._hear(client)
            self._finish()

    def _finish(self) -> None:
        for process in self.processes:
            process.commit()
            process.take()
            process.commit()
        for process in self.processes:
            process.catch_up()

    def all_hold_the_same(self) -> None:
        said = str(self.log.replay().get(ROOT, type=Text))
        assert [client.said for client in self.clients] == [said] * len(self.clients)
        for process in self.processes:
            doc = Doc({ROOT: Text()})
            doc.apply_update(process.room.text.merged)
            assert str(doc.get(ROOT, type=Text)) == said
            assert process.room.head == len(self.log.rows)
            assert not process.room.is_behind
            assert not process.room.has_work


def clocks(doc: Doc[Text]) -> dict[int, int]:
    return decode_state_vector(doc.get_state(), LIMITS)


def run(seed: int) -> World:
    world = World(seed)
    try:
        world.run(STEPS)
        world.settle()
        world.all_hold_the_same()
    except AssertionError as failure:
        raise AssertionError(f"seed {seed}") from failure
    return world


def test_everybody_ends_with_what_the_log_holds() -> None:
    """[ED30] Every peer, every process and a replay of the log hold the same document."""
    worlds = [run(seed) for seed in range(RUNS)]
    seen = sum((world.seen for world in worlds), Counter())
    # The runs are worth something: updates were stored, receipts given, frames overtaken.
    assert sum(len(world.log.rows) for world in worlds) > 5 * RUNS
    assert seen["receipt"] > 3 * RUNS
    assert seen["overtaken"] > RUNS / 10
    assert sum(client.resyncs for world in worlds for client in world.clients) > RUNS / 10


@pytest.mark.parametrize("person", [1, 2])
def test_a_barred_person_adds_nothing(person: int) -> None:
    """[ED34] Once somebody may not write, no row of theirs follows; the others' words are all there."""
    for seed in range(RUNS // 10):
        world = World(seed)
        world.run(STEPS)
        world.log.barred.add(person)
        rows = len(world.log.rows)
        world.run(STEPS)
        gone = world.clients[person - 1]
        gone.disconnect()
        world.clients.remove(gone)
        world.settle()
        world.all_hold_the_same()
        assert all(by != person for by in world.log.by[rows:])
