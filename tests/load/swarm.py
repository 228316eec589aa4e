"""Runs a load of peers/*.mjs against one server and reads what the server spent meanwhile."""

import json
import math
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.load.cost import Cost

PEERS = Path(__file__).parent / "peers"
ROOT_NAME = "t:summary"
PER_SECOND = 5
Told = tuple[dict[str, Any], Cost, Cost]


@dataclass(frozen=True)
class Seat:
    """Where one simulated person connects, and as whom."""

    url: str
    room: str
    cookie: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Result:
    """CPU milliseconds for 1,000 delivered updates; delays in milliseconds; memory in MiB."""

    cpu: float
    p50: float
    p95: float
    memory: float
    peak: float
    whole: bool


def measure(kind: str, pid: int, seats: list[Seat], *, seconds: int) -> Result:
    """Let everybody type for some seconds."""
    told, before, after = run("swarm.mjs", kind, pid, seats=seats, seconds=seconds, perSecond=PER_SECOND)
    cpu = (after.cpu - before.cpu) * 1000 / max(told["delivered"] / 1000, 0.001)
    return Result(
        cpu, told["p50"] or math.nan, told["p95"] or math.nan, after.memory, after.peak, told["whole"]
    )


def replay(kind: str, pid: int, seats: list[Seat], *, history: Path) -> tuple[float, bool]:
    """A history key by key until a second client has it: CPU microseconds an update, and whether it has."""
    told, before, after = run("replay.mjs", kind, pid, seats=seats[:2], history=str(history))
    return (after.cpu - before.cpu) * 1e6 / max(told["updates"], 1), told["whole"]


def joins(kind: str, pid: int, seats: list[Seat]) -> tuple[float, bool]:
    """Everybody comes within a second: milliseconds until the slowest had the text, and whether all had."""
    told, _, _ = run("joins.mjs", kind, pid, seats=seats, seconds=1)
    return told["slowest"], told["whole"]


def run(script: str, kind: str, pid: int, *, seats: list[Seat], **plan: object) -> Told:
    """What the load has to tell, and what the server had spent at its start and end."""
    plan |= {"kind": kind, "people": [vars(seat) for seat in seats], "root": ROOT_NAME}
    load = subprocess.Popen(
        pinned(1, ["node", script, json.dumps(plan)]), cwd=PEERS, stdout=subprocess.PIPE, text=True
    )
    assert load.stdout
    before = after = Cost.of(pid)
    answer = ""
    for line in load.stdout:
        if line.startswith("start"):
            before = Cost.of(pid)
        elif line.startswith("end"):
            after = Cost.of(pid)
        else:
            answer = line
    if load.wait() or not answer:
        raise RuntimeError(f"the load on {kind} failed")
    return json.loads(answer), before, after


def pinned(core: int, command: list[str]) -> list[str]:
    """Server on one core, load on the other, so that neither eats the other's time."""
    return ["taskset", "-c", str(core), *command]
