"""Nothing of one machine, and no download address, stands in a tracked file."""

import re
import subprocess

from tests.architecture.sources import ROOT

HOSTS = re.compile(r'"resolved": *"https?:|^ *(index-url|extra-index-url|--index)', re.MULTILINE)


def test_locks_carry_no_addresses() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    locks = [
        p for p in tracked if "lock" in p or p.startswith("requirements") or p.endswith((".toml", ".npmrc"))
    ]
    assert [p for p in locks if HOSTS.search((ROOT / p).read_text())] == []
