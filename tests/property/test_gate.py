"""The gate against chance: real updates pass, broken ones end in a verdict, and what passes does no harm."""

import base64
import json
import random
import subprocess
import sys
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import merge_updates

from proposals.editing.domain.gate import Gap, Known, Refused
from proposals.editing.domain.protocol import decode, sync_update
from proposals.editing.domain.ranges import Ranges
from tests.property.accepted import documents
from tests.unit.editing_domain.craft import (
    AMARA,
    BEN,
    LIMITS,
    Vector,
    judge,
    mine,
    replay,
    room,
    text,
    vectors,
)
from tests.unit.editing_domain.craft import edit as an_edit

SESSIONS = vectors()
REAL = [base64.b64decode(data) for session in SESSIONS for _, data in session["steps"]]
EVERYBODY = mine(*{int(client) for session in SESSIONS for client in session["clients"]}, AMARA, BEN)
BOUND = mine(AMARA)


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session["name"])
def test_real_updates_pass(session: Vector) -> None:
    """[ED15] No update that Yjs made for an honest editor is refused or asked for again."""
    for data, accepted, _ in replay(session):
        assert decode(sync_update(data), LIMITS)
        assert {session["clients"][str(client)] for client in accepted.clients} <= {1, 2, 3, 4}


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session["name"])
def test_knowledge_does_not_depend_on_the_way(session: Vector) -> None:
    """[ED28] The merged log teaches a room what the updates taught it one by one."""
    seed = base64.b64decode(session["seed"])
    log, known = [seed], Known.of(seed)
    for _, accepted, after in replay(session):
        known = after
        log += [] if accepted.brings_nothing else [accepted.update]
    again = Known.of(merge_updates(*log))
    assert (again.clocks, again.deleted) == (known.clocks, known.deleted)
    assert {c: list(runs) for c, runs in again.runs.items()} == {c: list(r) for c, r in known.runs.items()}


def verdict(data: bytes, known: Known) -> str:
    try:
        judge(data, known, EVERYBODY)
    except Refused as refusal:
        return refusal.code
    except Gap:
        return "gap"
    return "accepted"


@given(st.binary(max_size=120))
def test_chance_bytes_get_a_verdict(data: bytes) -> None:
    """[ED14] The gate raises Refused or Gap, and nothing else."""
    assert verdict(data, room(an_edit(text("abc"))))


@settings(max_examples=400)
@given(
    st.sampled_from(REAL),
    st.lists(st.tuples(st.integers(0), st.binary(max_size=3), st.booleans()), max_size=3),
)
def test_broken_updates_get_a_verdict(data: bytes, breaks: list[tuple[int, bytes, bool]]) -> None:
    """[ED14] So does every real update with bytes changed, added or lost; a verdict changes nothing."""
    broken = bytearray(data)
    for at, put, insert in breaks:
        start = at % (len(broken) + 1)
        broken[start : start if insert else start + max(1, len(put))] = put
    known = room(an_edit(text("abc")))
    assert verdict(bytes(broken), known)
    assert known.clocks == {AMARA: 3}


CHILD = """
import base64, json, sys
from pycrdt import Array, Doc, Map, Text, merge_updates
def read(*updates):
    doc = Doc()
    for data in updates:
        doc.apply_update(data)
    texts = [str(doc.get(key, type=Text)) for key in ("t:why", "t:how")]
    rows, fields = doc.get("r:people", type=Array), doc.get("f:cost", type=Map)
    return doc, [*texts, rows.to_py() or [], fields.to_py() or {}]
said = []
for log in json.load(sys.stdin):
    updates = [base64.b64decode(data) for data in log]
    doc, content = read(*updates)
    said.append([content, read(merge_updates(*updates))[1], read(doc.get_update())[1]])
print(json.dumps(said))
"""


def in_a_child(logs: Iterable[list[bytes]]) -> list[list[list[object]]]:
    """What each document says by its updates, by their merged bytes, and by its own snapshot."""
    encoded = json.dumps([[base64.b64encode(data).decode() for data in log] for log in logs])
    command = [sys.executable, "-c", CHILD]
    done = subprocess.run(command, input=encoded, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    said: list[list[list[object]]] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize("seed", range(3))
def test_what_passes_loads(seed: int) -> None:
    """[ED27] Hostile neighbours, parents and deletions that pass kill, hang or upset no document."""
    logs = documents(random.Random(seed), 150)
    assert sum(len(log) for log in logs) > 300
    assert len(in_a_child(logs)) == len(logs)


def test_what_real_editors_write_loads() -> None:
    """[ED27] What real editors wrote, cut and collected by the gate, says what it said in their browsers."""
    logs = [
        [
            base64.b64decode(session["seed"]),
            *[a.update for _, a, _ in replay(session) if not a.brings_nothing],
        ]
        for session in SESSIONS
    ]
    for session, said in zip(SESSIONS, in_a_child(logs), strict=True):
        texts = ["".join(part["insert"] for part in session["texts"][key]) for key in ("t:why", "t:how")]
        assert said == [[*texts, session["rows"], session["fields"]]] * 3, session["name"]


STRETCHES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12)


@given(STRETCHES, st.integers(0, 45), st.integers(1, 9))
def test_ranges_are_sets(stretches: list[tuple[int, int]], start: int, length: int) -> None:
    """[ED25] Deleted stretches behave as the set of their numbers."""
    ranges, numbers, end = Ranges(), set[int](), start + length
    for first, size in stretches:
        ranges.add(first, first + size)
        numbers |= set(range(first, first + size))
    asked = set(range(start, end))
    assert {n for a, b in ranges for n in range(a, b)} == numbers
    assert all(a[1] < b[0] for a, b in zip(list(ranges), list(ranges)[1:], strict=False))
    assert ranges.covers(start, end) == (asked <= numbers)
    assert {n for a, b in ranges.missing(start, end) for n in range(a, b)} == asked - numbers
    assert Ranges(ranges) == ranges
