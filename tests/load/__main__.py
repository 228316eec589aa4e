"""`make bench`: what is lost and what it costs, beside the peers, in one run; prints Markdown tables."""

import argparse
import os
import subprocess
import sys

from tests.load.servers import ROOT, running
from tests.load.swarm import PEERS, Result, measure

NAMES = {"coprod": "coprod", "hocuspocus": "@hocuspocus/server", "yws": "y-websocket server"}
SIZES = (2, 20, 50)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--seconds", type=int, default=10, help="how long everybody types in each case")
    parser.add_argument("--only", choices=["words", "cost"], help="leave the other table out")
    options = parser.parse_args()
    if options.only != "cost":
        words()
    if options.only != "words":
        install_peers()
        cost(options.seconds)
    return 0


def words() -> None:
    """The fuzz sessions on three bindings; the table is printed by the front end's own runner."""
    print("\n### Words lost in the same random sessions\n", flush=True)
    subprocess.run(["npm", "run", "-s", "bench"], cwd=ROOT / "frontend", check=True)


def install_peers() -> None:
    if not (PEERS / "node_modules").exists():
        print("Installing the peers (Node packages; one is compiled)", file=sys.stderr, flush=True)
        subprocess.run(["npm", "ci", "--loglevel=error"], cwd=PEERS, check=True)


def cost(seconds: int) -> None:
    """CPU milliseconds for 1,000 delivered updates; each server saves to SQLite."""
    print("\n### Server CPU, ms for 1,000 delivered updates (median delay, ms)\n")
    print("| people in one room | " + " | ".join(NAMES.values()) + " | coprod / hocuspocus |")
    print("|---|" + "---|" * (len(NAMES) + 1), flush=True)
    whole = True
    for people in SIZES:
        results = {kind: one(kind, people, seconds) for kind in NAMES}
        ratio = results["coprod"].cpu / results["hocuspocus"].cpu
        cells = " | ".join(f"{r.cpu:.1f} ({r.p50:.1f})" for r in results.values())
        print(f"| {people} | {cells} | {ratio:.2f} |", flush=True)
        whole = whole and results["coprod"].whole
    if not whole:
        sys.exit("Not every update reached everybody on coprod.")


def one(kind: str, people: int, seconds: int) -> Result:
    with running(kind, people) as (pid, seats):
        return measure(kind, pid, seats, seconds=seconds)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
