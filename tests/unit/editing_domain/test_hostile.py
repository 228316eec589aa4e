"""The published ways to kill, hang or poison a collaboration server: each refused, for the right reason."""

import json
from time import perf_counter

import pytest

from proposals.editing.domain.gate import Gap, Refused
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.protocol import TooLarge, decode
from proposals.editing.domain.wire import Malformed, varbytes, varuint
from tests.unit.editing_domain.craft import DATA, LIMITS, judge, room

CASES = {case["id"]: case for case in json.loads((DATA / "hostile_updates.json").read_text())["cases"]}

DEEP = bytes.fromhex("010101000801017401") + b"\x75\x01" * 26_300 + b"\x7f\x00"
PHANTOMS = varuint(200_000) + b"".join(varuint(1000 + n) + b"\x01\x00" for n in range(200_000))
WRITTEN_OUT = {
    "segv-nested-any": DEEP,
    "segv-nested-any-get_state": DEEP,
    "segv-nested-any-merge": DEEP,
    "aw-varint-300KB": b"\xff" * 300_000,
    "aw-meta-leak-1MB": PHANTOMS,
}
# The others fall to a rule about structure.
CODES = {
    "segv-edit-48B": "kind",
    "hang-89B": "kind",
    "hang-3-updates": "kind",
    "poison-snapshot-12B": "kind",
    "steal-9B": "client-id",
}


def messages(case: str) -> list[bytes]:
    if case in WRITTEN_OUT:
        return [WRITTEN_OUT[case]]
    return [bytes.fromhex(encoded) for encoded in CASES[case]["hex"]]


def of(*operations: str) -> list[str]:
    return [name for name, case in CASES.items() if case["op"] in operations]


@pytest.mark.parametrize("case", of("apply", "get_state", "merge", "sticky"))
def test_updates(case: str) -> None:
    """[ED13] Every hostile update, or sequence of updates, is refused before anything could be made of it."""
    start = perf_counter()
    with pytest.raises(Refused) as caught:
        room(*messages(case))
    assert perf_counter() - start < 1
    assert caught.value.code == CODES.get(case, "malformed")
    assert caught.value.fatal


@pytest.mark.parametrize("case", of("apply", "get_state", "merge", "sticky"))
def test_updates_in_any_order(case: str) -> None:
    """[ED13] Nothing of a hostile sequence ever enters, wherever one starts."""
    for data in messages(case):
        with pytest.raises((Refused, Gap)):
            judge(data)


@pytest.mark.parametrize("case", of("sv"))
def test_state_vectors(case: str) -> None:
    """[ED13] A state vector that claims a gigabyte is refused by its count."""
    for data in messages(case):
        with pytest.raises(Malformed):
            decode(b"\x00\x00" + varbytes(data), LIMITS)


@pytest.mark.parametrize("case", of("aw"))
def test_presence(case: str) -> None:
    """[ED13] Presence beyond its size is not read; within a larger limit it is refused just as fast."""
    start = perf_counter()
    for data in messages(case):
        frame = b"\x01" + varbytes(data)
        with pytest.raises(TooLarge):
            decode(frame, LIMITS)
        with pytest.raises(Malformed):
            decode(frame, Limits(frame_bytes=2_000_000, awareness_bytes=2_000_000))
    assert perf_counter() - start < 1


def test_every_case_is_tried() -> None:
    """[ED13] A new kind of case cannot slip by unnoticed."""
    assert set(CASES) == set(of("apply", "get_state", "merge", "sticky", "sv", "aw"))
    assert len(CASES) == 20
