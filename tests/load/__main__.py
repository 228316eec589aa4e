"""`make bench`: what is lost and what it costs, beside the peers, in one run; prints Markdown tables."""

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from tests.load.history import write_history
from tests.load.servers import ROOT, running
from tests.load.swarm import PEERS, joins, measure, replay

NAMES = {"coprod": "coprod", "hocuspocus": "@hocuspocus/server", "yws": "y-websocket server"}
# People in a room, and rooms.
QUICK = ((2, 1), (20, 1), (50, 1), (2, 100))
FULL = (*QUICK, (100, 1))
KEYSTROKES = {False: 18_000, True: 260_000}
# After the last one has left, every server here has written its document and let go of it.
LEFT_ALONE = 9.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--seconds", type=int, default=8, help="how long everybody types in each case")
    parser.add_argument("--only", choices=["words", "cost", "history"], help="leave the other tables out")
    parser.add_argument(
        "--full", action="store_true", help="a room of 100, and a history of 260,000 keystrokes"
    )
    options = parser.parse_args()
    if options.only in (None, "words"):
        words()
    if options.only != "words":
        install_peers()
    whole = True
    if options.only in (None, "cost"):
        whole &= cost(FULL if options.full else QUICK, options.seconds)
    if options.only in (None, "history"):
        whole &= history(KEYSTROKES[options.full])
    if not whole:
        sys.exit("Not every update reached everybody on coprod.")
    return 0


def words() -> None:
    """The fuzz sessions on three bindings; the table is printed by the front end's own runner."""
    print("\n### Words lost in the same random sessions\n", flush=True)
    subprocess.run(["npm", "run", "-s", "bench"], cwd=ROOT / "frontend", check=True)


def install_peers() -> None:
    if not (PEERS / "node_modules").exists():
        print("Installing the peers (Node packages; one is compiled)", file=sys.stderr, flush=True)
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=PEERS, check=True)


def table(title: str, first: str) -> None:
    print(f"\n### {title}\n")
    print(f"| {first} | " + " | ".join(NAMES.values()) + " | coprod / hocuspocus |")
    print("|---|" + "---|" * (len(NAMES) + 1), flush=True)


def row(name: str, cells: Iterable[str], ratio: float) -> None:
    print(f"| {name} | {' | '.join(cells)} | {ratio:.2f} |", flush=True)


def cost(cases: Iterable[tuple[int, int]], seconds: int) -> bool:
    """CPU for 1,000 delivered updates; each server saves to SQLite."""
    table("Server CPU, ms for 1,000 delivered updates (median delay, ms; memory, MiB)", "people x rooms")
    whole = True
    for people, rooms in cases:
        results = {}
        for kind in NAMES:
            with running(kind, people, rooms) as (pid, seats):
                results[kind] = measure(kind, pid, seats, seconds=seconds)
        cells = (f"{r.cpu:.1f} ({r.p50:.1f}; {r.memory:.0f})" for r in results.values())
        row(f"{people} x {rooms}", cells, results["coprod"].cpu / results["hocuspocus"].cpu)
        whole &= results["coprod"].whole
    return whole


def history(keystrokes: int) -> bool:
    """One history through each server; then its document is opened cold by one, and joined by 100."""
    table(f"A history of {keystrokes:,} keystrokes", "what")
    costs, cold, crowd, whole = {}, {}, {}, True
    with tempfile.TemporaryDirectory() as folder:
        path = write_history(Path(folder) / "history.json", keystrokes)
        for kind in NAMES:
            with running(kind, 100) as (pid, seats):
                costs[kind], complete = replay(kind, pid, seats, history=path)
                time.sleep(LEFT_ALONE)
                # The server of y-websocket keeps what it wrote, but as set up here reads nothing back.
                cold[kind], first = (math.nan, True) if kind == "yws" else joins(kind, pid, seats[:1])
                crowd[kind], all_of_them = (math.nan, True) if kind == "yws" else joins(kind, pid, seats)
                whole &= kind != "coprod" or (complete and first and all_of_them)
    for name, figures in {
        "replayed key by key, CPU µs an update": costs,
        "opened cold by one, ms": cold,
        "joined by 100 within a second, slowest, ms": crowd,
    }.items():
        cells = ("-" if math.isnan(figure) else f"{figure:.0f}" for figure in figures.values())
        row(name, cells, figures["coprod"] / figures["hocuspocus"])
    return whole


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
