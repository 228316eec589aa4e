"""The scribe: what it reads and writes, and that a document can kill only its child."""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text, merge_updates
from pytest_django.fixtures import Settings

from proposals.editing import scribe
from proposals.editing.domain.content import Content
from proposals.editing.domain.wire import Reader
from proposals.editing.scribe import ScribeFailed

ROOTS = ["t:summary", "t:ask", "f:aim", "r:people"]
HOSTILE = {
    case["id"]: case["hex"] if isinstance(case["hex"], list) else [case["hex"]]
    for case in json.loads((Path(__file__).parents[2] / "data/hostile_updates.json").read_text())["cases"]
}


def seeded() -> bytes:
    return scribe.seed(
        {"summary": "Hello **there** 😀\n\n### Why\n\n-   one\n    1.  two\n"},
        {"aim": {"measure": "Going home"}},
        {"people": [{"id": "a", "who": "Ward sisters"}, {"id": "b", "who": "Carers"}]},
        roots=ROOTS,
    )


def under(name: str, updates: list[str]) -> bytes:
    """A published attack on a root called x, aimed at one of ours."""
    root = f"01{len(name):02x}{name.encode().hex()}"
    return merge_updates(*[bytes.fromhex(update.replace("010178", root)) for update in updates])


def child() -> int | None:
    process = scribe._child._process
    return process.pid if process else None


def test_a_seed_reads_as_it_was_given() -> None:
    """[ED62] A seeded document says what it was seeded with, in every kind of root."""
    content = scribe.read(seeded(), ROOTS)
    assert content == Content(
        texts={"summary": "Hello **there** 😀\n\n### Why\n\n-   one\n    1.  two\n", "ask": ""},
        forms={"aim": {"measure": "Going home"}},
        registers={"people": [{"id": "a", "who": "Ward sisters"}, {"id": "b", "who": "Carers"}]},
    )


def test_the_server_opens_every_text_as_client_2() -> None:
    """[ED63] The seed comes from client 2 alone and opens each text with a line break."""
    update = seeded()
    reader = Reader(update)
    clients, _structs, client = reader.varuint(), reader.varuint(), reader.varuint()
    assert (clients, client) == (1, 2)
    doc: Doc[Text] = Doc()
    doc.apply_update(update)
    assert str(doc.get("t:ask", type=Text)) == "\n"
    assert str(doc.get("t:summary", type=Text)) == "\nHello there 😀\nWhy\none\ntwo"


def test_what_has_another_shape_is_left_out() -> None:
    """[ED62] Numbers are read as text; values of other kinds, and roots of another type, are passed over."""
    doc: Doc[Any] = Doc()
    form = doc.get("f:aim", type=Map)
    form.update({"to": 30.0, "share": 0.5, "sure": True, "nothing": None, "list": [1], "words": "yes"})
    rows = doc.get("r:people", type=Array)
    rows.extend([Map({"id": "a", "n": 3}), "not a row", 7, Map({"id": "b", "deep": Map({"x": "y"})})])
    doc.get("t:ask", type=Map).update({"not": "text"})
    content = scribe.read(doc.get_update(), ROOTS)
    assert content.forms["aim"] == {"to": "30", "share": "0.5", "sure": "yes", "words": "yes"}
    assert content.registers["people"] == [{"id": "a", "n": "3"}, {"id": "b"}]
    assert content.texts == {"summary": "", "ask": ""}


def test_an_empty_document_says_nothing() -> None:
    assert scribe.read(b"\x00\x00", ROOTS).texts == {"summary": "", "ask": ""}


def test_unknown_attributes_do_not_show() -> None:
    doc: Doc[Text] = Doc()
    text = doc.get("t:ask", type=Text)
    text.insert(0, "\n", {"h": 3.0, "colour": "red"})
    text.insert(1, "Title", {"comment": {"id": 4}, "strong": True})
    assert scribe.read(doc.get_update(), ["t:ask"]).texts["ask"] == "### **Title**\n"


@pytest.mark.parametrize("attack", ["hang-3-updates"])
def test_a_hostile_document_kills_only_the_child(attack: str, settings: Settings) -> None:
    """[ED64] A document that crashes or hangs the library ends the child; the next job works."""
    settings.ENGINE = {**settings.ENGINE, "SCRIBE_SECONDS": 1.0}
    before = child()
    with pytest.raises(ScribeFailed, match="could not be read"):
        scribe.read(under("r:x", HOSTILE[attack]), ["r:x"])
    assert scribe.read(seeded(), ROOTS).forms["aim"] == {"measure": "Going home"}
    assert child() != before


def test_deeply_nested_values_kill_only_the_child() -> None:
    """[ED64]"""
    nested = bytes.fromhex("010101000801017401" + "7501" * 26_300 + "7f00")
    with pytest.raises(ScribeFailed):
        scribe.read(nested, ["r:t"])
    assert scribe.read(b"\x00\x00", ["t:t"]).texts == {"t": ""}


def test_memory_is_bounded() -> None:
    """[ED64] An update that claims a huge map is refused by the child's own limit."""
    with pytest.raises(ScribeFailed):
        scribe.read(bytes.fromhex(HOSTILE["mem-518MB-from-5B"][0]), ["t:t"])


@pytest.mark.parametrize("attack", sorted(HOSTILE))
def test_every_published_attack_is_survived(attack: str, settings: Settings) -> None:
    """[ED64]"""
    settings.ENGINE = {**settings.ENGINE, "SCRIBE_SECONDS": 1.0}
    updates = [bytes.fromhex(update) for update in HOSTILE[attack] if update.isalnum() and update.isascii()]
    for update in updates:
        with suppress(ScribeFailed):
            scribe.read(update, ["t:t", "r:x", "f:m"])
    assert scribe.read(seeded(), ROOTS).texts["ask"] == ""


def test_one_child_serves_all_threads() -> None:
    found: list[str] = []
    update = seeded()
    threads = [
        threading.Thread(target=lambda: found.append(scribe.read(update, ["f:aim"]).forms["aim"]["measure"]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Going home"] * 8


def test_a_child_that_was_killed_is_replaced() -> None:
    scribe.read(b"\x00\x00", ["t:t"])
    process = scribe._child._process
    assert process is not None
    process.kill()
    process.wait()
    assert scribe.read(b"\x00\x00", ["t:t"]).texts == {"t": ""}


def test_after_a_fork_each_process_has_its_own_child(settings: Settings) -> None:
    """[ED65] A forked process starts a child of its own and leaves the other's alone."""
    code = (
        "import os\n"
        "from django.conf import settings\n"
        f"settings.configure(BASE={str(settings.BASE)!r}, ENGINE={settings.ENGINE!r})\n"
        "from proposals.editing import scribe\n"
        "scribe.read(b'\\0\\0', ['t:t']); first = scribe._child._process.pid\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    scribe.read(b'\\0\\0', ['t:t']); own = scribe._child._process.pid\n"
        "    scribe._child.end(); os._exit(0 if own != first else 1)\n"
        "status = os.waitpid(pid, 0)[1]\n"
        "scribe.read(b'\\0\\0', ['t:t'])\n"
        "print(status, scribe._child._process.pid == first, first)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=settings.BASE,
        timeout=60,
    )
    status, same, pid = done.stdout.split()
    assert (status, same) == ("0", "True"), done.stderr
    # [ED65] and when a process ends, so does its child.
    assert not Path(f"/proc/{pid}").exists()


def test_the_child_is_told_no_secrets() -> None:
    scribe.read(b"\x00\x00", ["t:t"])
    environment = Path(f"/proc/{child()}/environ").read_bytes()
    assert b"SECRET_KEY" not in environment
    assert b"DATABASE" not in environment
