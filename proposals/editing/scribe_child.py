"""The scribe's own process: does one job at a time on a document and may die of it. No Django here."""

import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, cast

from pycrdt import Array, Doc, Map, Text

from proposals.editing.domain import finding
from proposals.editing.domain.content import FORM, REGISTER, TEXT, Content, plain_fields, plain_rows
from proposals.editing.domain.flat import blocks, ops
from proposals.editing.domain.halves import mended
from proposals.editing.domain.jobs import Facts, next_from, written
from proposals.editing.domain.markdown import parse, serialise
from proposals.editing.domain.positions import position
from proposals.editing.domain.restoring import restore

SERVER_CLIENT = 2
Document = Doc[Text | Map[object] | Array[object]]
Answer = tuple[Facts, bytes]


def read(job: Facts, data: bytes) -> Answer:
    """What the document says under the names given; what has another type there is left out."""
    doc = Document()
    for update in _updates(job, data):
        doc.apply_update(update)
    content = Content()
    notes = cast(dict[str, list[tuple[int, str]]], job.get("notes", {}))
    for root in _roots(job):
        kind, key = root[:2], root[2:]
        if kind == TEXT:
            _note(_text(doc, root), notes.get(root, []))
            content.texts[key] = serialise(blocks(_text(doc, root).diff()))
        elif kind == FORM:
            content.forms[key] = plain_fields(_map(doc, root).to_py())
        elif kind == REGISTER:
            content.registers[key] = plain_rows(_array(doc, root).to_py())
    return content.as_json(), b""


def whole(job: Facts, data: bytes) -> Answer:
    """What these updates make of a document, as one update."""
    doc = Document()
    for update in _updates(job, data):
        doc.apply_update(update)
    return {}, doc.get_update()


def _note(text: Text, notes: list[tuple[int, str]]) -> None:
    """Write each note's sign behind so many characters of the text, which is our own copy."""
    said = str(text)
    numbered = sorted(enumerate(notes), key=lambda each: (each[1][0], each[0]), reverse=True)
    for _, (at, sign) in numbered:
        text.insert(len(said[:at].encode()), sign, {})


def place(job: Facts, merged: bytes) -> Answer:
    """Where pairs of places stand, in characters, and what their texts say."""
    given = cast(list[tuple[object, object]], job["pairs"])
    found = finding.find(mended([merged])[0], [(position(start), position(end)) for start, end in given])
    return {"stretches": found.stretches, "frayed": found.frayed, "texts": found.texts}, b""


def name(job: Facts, merged: bytes) -> Answer:
    """The places at both ends of stretches of characters."""
    found = finding.name(mended([merged])[0], cast(list[tuple[str, int, int]], job["stretches"]))
    return {"pairs": [pair and [end.as_json() for end in pair] for pair in found]}, b""


def seed(job: Facts, _nothing: bytes) -> Answer:
    """The first update of a document: every text opened by its line break, and what it is to start with."""
    start = Content.from_json(job)
    doc = Document(client_id=SERVER_CLIENT)
    with doc.transaction():
        for root in _roots(job):
            kind, key = root[:2], root[2:]
            if kind == TEXT:
                write_text(_text(doc, root), start.texts.get(key, ""))
            elif kind == FORM:
                _map(doc, root).update(dict(start.forms.get(key, {}).items()))
            elif kind == REGISTER:
                _array(doc, root).extend([Map(row) for row in start.registers.get(key, [])])
    return {}, doc.get_update()


def write_text(text: Text, markdown: str) -> None:
    at = 0
    for words, attributes in ops(parse(markdown)):
        text.insert(at, words, attributes)
        # pycrdt counts bytes of UTF-8 where Yjs counts UTF-16 units.
        at += len(words.encode())


def bring_back(job: Facts, merged: bytes) -> Answer:
    """The update by which roots say again what they said."""
    client = cast(int, job["client"])
    return {}, restore(mended([merged])[0], Content.from_json(job), roots=_roots(job), client=client)


JOBS: dict[str, Callable[[Facts, bytes], Answer]] = {
    "read": read,
    "whole": whole,
    "seed": seed,
    "place": place,
    "name": name,
    "restore": bring_back,
}


def answer(job: Facts, data: bytes) -> Answer:
    """Do a job. Whatever goes wrong is told; a panic of pycrdt is no Exception, so all is caught."""
    try:
        return JOBS[str(job["job"])](job, data)
    except BaseException as trouble:  # noqa: BLE001
        # The kind alone: what the library says of it may quote the document.
        return {"failed": type(trouble).__name__}, b""


def limit(memory: int) -> None:
    """Never more memory than this, no core file, and Control C is the parent's business."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def serve(jobs: BinaryIO, answers: BinaryIO, seconds: float) -> None:
    """Answer jobs until the parent goes away; end after one that failed: who knows what it left behind."""
    with suppress(EOFError):
        answers.write(written({"ready": True}))
        answers.flush()
        while True:
            job, data = next_from(jobs)
            # The parent kills a slow child; the alarm is for a child whose parent has died meanwhile.
            signal.setitimer(signal.ITIMER_REAL, seconds * 2)
            facts, given = answer(job, data)
            signal.setitimer(signal.ITIMER_REAL, 0)
            answers.write(written(facts, given))
            answers.flush()
            if "failed" in facts:
                return


def _text(doc: Document, root: str) -> Text:
    return cast(Text, doc.get(root, type=Text))


def _map(doc: Document, root: str) -> Map[object]:
    return cast(Map[object], doc.get(root, type=Map))


def _array(doc: Document, root: str) -> Array[object]:
    return cast(Array[object], doc.get(root, type=Array))


def _updates(job: Facts, data: bytes) -> list[bytes]:
    """What is to be applied: all of it at once, or one after the other where sizes are given."""
    updates, at = [], 0
    for size in cast(list[int], job.get("sizes", [len(data)])):
        updates.append(data[at : at + size])
        at += size
    return mended(updates)


def _roots(job: Facts) -> list[str]:
    roots = job.get("roots")
    return [str(root) for root in roots] if isinstance(roots, list) else []


if __name__ == "__main__":
    limit(memory=int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer, seconds=float(sys.argv[2]))
