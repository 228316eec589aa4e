"""`make bench`: what is lost and what it costs, beside the peers, in one run; prints Markdown tables."""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from tests.load import tables
from tests.load.history import write_history
from tests.load.servers import ROOT, running
from tests.load.swarm import PEERS, Result, joins, measure, replay
from tests.load.threads import MANY, Felt, measured

T = TypeVar("T")
ROWS = (
    "key to one's own screen: median, ms",
    "key to one's own screen: slowest in twenty, ms",
    "key to the other's screen: median, ms",
    "key to the other's screen: slowest in twenty, ms",
    "CPU of the page that is typed in, ms a key",
)
# A key beside 500 threads may take so much longer than one beside none.
MOST_SLOWER = 1.5


class Case(NamedTuple):
    """So many people in each of so many rooms; the most that we may cost beside Hocuspocus, and in words."""

    people: int
    rooms: int
    least: float
    goal: str
    kinds: tuple[str, ...]


class Replayed(NamedTuple):
    """What a history cost, in microseconds an update, and how long joining it took afterwards, in ms."""

    cost: float
    cold: float
    crowd: float
    whole: bool


ALL = ("coprod", "hocuspocus", "batched", "yws")
CASES = (
    Case(2, 1, 1, "1", ("coprod", "hocuspocus", "yws")),
    Case(20, 1, 1, "1", ("coprod", "hocuspocus", "yws")),
    Case(50, 1, 1 / 6, "1/6", ALL),
    Case(100, 1, 1 / 8, "1/8", ("coprod", "hocuspocus")),
    Case(2, 100, 1 / 4, "1/4", ("coprod", "hocuspocus")),
)
KEYSTROKES, LONG = 18_000, 260_000
# After the last one has left, every server here has written its document and let go of it.
LEFT_ALONE = 8.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--seconds", type=int, default=4, help="how long everybody types in each case")
    parser.add_argument(
        "--only", choices=["words", "cost", "history", "threads"], help="leave the other tables out"
    )
    parser.add_argument("--full", action="store_true", help="replay the long history through the peers too")
    parser.add_argument("--trace", type=Path, help="an editing trace (JSON) to replay instead of our own")
    options = parser.parse_args()
    if options.only in (None, "words"):
        words()
    if options.only == "words":
        return 0
    if options.only in (None, "threads"):
        threads()
    if options.only == "threads":
        return 0
    install_peers()
    tables.head()
    whole = True
    if options.only != "history":
        whole &= cost(options.seconds)
    if options.only != "cost":
        whole &= histories(options.trace, full=options.full)
    print(tables.NOTES)
    if not whole:
        sys.exit("Not every update reached everybody on coprod.")
    return 0


def words() -> None:
    """The fuzz sessions on three bindings; the table is printed by the front end's own runner."""
    print("\n### Words lost in the same random sessions\n", flush=True)
    subprocess.run(["npm", "run", "-s", "bench"], cwd=ROOT / "frontend", check=True)


def threads() -> None:
    """How long a key takes to the screens of two people, on a text without comments and with many."""
    nothing, why = Felt(*[math.nan] * 5), ""
    try:
        without, beside = measured()
    except (RuntimeError, OSError, ValueError) as error:
        without, beside, why = nothing, nothing, tables.sentence(error)
    tables.margin_head(MANY)
    for name, one, other in zip(ROWS, without, beside, strict=True):
        tables.margin_row(name, one, other, least=MOST_SLOWER)
    if why:
        print(f"\nThis could not be measured: {why}", flush=True)


def install_peers() -> None:
    if not (PEERS / "node_modules").exists():
        print("Installing the peers (Node packages; one is compiled)", file=sys.stderr, flush=True)
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=PEERS, check=True)


def cost(seconds: int) -> bool:
    """CPU for 1,000 delivered updates, the delay, and memory."""
    whole = True
    for case in CASES:
        found: dict[str, Result] = {}
        for kind in case.kinds:
            result = attempt(kind, lambda kind=kind, case=case: typed(kind, case, seconds))  # type: ignore[misc]
            found[kind] = result or Result(math.nan, math.nan, math.nan, math.nan, math.nan, whole=False)
        name = f"{case.people} people" if case.rooms == 1 else f"{case.rooms} rooms of {case.people}"
        cpu = {kind: result.cpu for kind, result in found.items()}
        tables.row(f"{name}: CPU, ms for 1,000 delivered", cpu, case.goal, least=case.least)
        tables.row(f"{name}: median delay, ms", {kind: result.p50 for kind, result in found.items()})
        if case.rooms > 1:
            peaks = {kind: result.peak for kind, result in found.items()}
            tables.row(f"{name}: memory at most, MiB", peaks, "1", least=1)
        whole &= found["coprod"].whole
    return whole


def typed(kind: str, case: Case, seconds: int) -> Result:
    with running(kind, case.people, case.rooms) as (pid, seats):
        return measure(kind, pid, seats, seconds=seconds)


def histories(trace: Path | None, *, full: bool) -> bool:
    """A history key by key through each server; then its document is opened cold, and joined by 100."""
    with tempfile.TemporaryDirectory() as folder:
        short = trace or write_history(Path(folder) / "short.json", KEYSTROKES)
        whole = history(short, ("coprod", "hocuspocus", "yws"))
        if trace is None:
            long = write_history(Path(folder) / "long.json", LONG)
            whole &= history(long, ("coprod", "hocuspocus", "yws") if full else ("coprod",))
    return whole


def history(path: Path, kinds: tuple[str, ...]) -> bool:
    keys = len(json.loads(path.read_text())["txns"])
    name = f"{keys:,} keystrokes"
    found = {kind: attempt(kind, lambda kind=kind: replayed(kind, path)) for kind in kinds}  # type: ignore[misc]
    none = Replayed(math.nan, math.nan, math.nan, whole=False)
    results = {kind: result or none for kind, result in found.items()}
    tables.row(f"{name}: CPU, µs an update", {k: r.cost for k, r in results.items()}, "1/15", least=1 / 15)
    # The server of y-websocket keeps what it wrote, but as set up here reads nothing back.
    readers = {kind: result for kind, result in results.items() if kind != "yws"}
    tables.row(f"{name}: opened cold, ms", {k: r.cold for k, r in readers.items()}, "100 ms")
    tables.row(
        f"{name}: joined by 100 in a second, slowest, ms", {k: r.crowd for k, r in readers.items()}, "3 s"
    )
    return results["coprod"].whole


def replayed(kind: str, path: Path) -> Replayed:
    with running(kind, 100) as (pid, seats):
        spent, complete = replay(kind, pid, seats, history=path)
        if kind == "yws":
            return Replayed(spent, math.nan, math.nan, complete)
        time.sleep(LEFT_ALONE)
        cold, first = joins(kind, pid, seats[:1])
        crowd, everybody = joins(kind, pid, seats)
        return Replayed(spent, cold, crowd, complete and first and everybody)


def attempt(kind: str, work: Callable[[], T]) -> T | None:
    """A server that fails costs its own figures and a line, not the run."""
    try:
        return work()
    except (RuntimeError, OSError, ValueError) as error:
        print(f"{tables.NAMES[kind]} failed: {tables.sentence(error)}", file=sys.stderr, flush=True)
        return None


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
