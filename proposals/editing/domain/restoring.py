"""Bringing a document back to what it said, as edits on what it says now. For the scribe's child alone."""

from collections.abc import Iterable
from typing import cast

from pycrdt import Array, Doc, Map, Text

from proposals.editing.domain.aligning import Patience
from proposals.editing.domain.content import FORM, REGISTER, TEXT, Content, Fields, plain_fields
from proposals.editing.domain.markdown import parse
from proposals.editing.domain.merging import NOTHING
from proposals.editing.domain.rewriting import Delete, Edit, Insert, rewriting

Document = Doc[Text | Map[object] | Array[object]]


def restore(merged: bytes, wanted: Content, *, roots: Iterable[str], client: int) -> bytes:
    """One update by `client` that makes these roots say what is wanted; nothing if they do already."""
    doc = Document(client_id=client)
    doc.apply_update(merged)
    made: list[bytes] = []
    doc.observe(lambda event: made.append(event.update))
    patience = Patience()
    with doc.transaction():
        for root in roots:
            kind, key = root[:2], root[2:]
            if kind == TEXT:
                _rewrite(cast(Text, doc.get(root, type=Text)), wanted.texts.get(key, ""), patience)
            elif kind == FORM:
                _answer(cast("Map[object]", doc.get(root, type=Map)), wanted.forms.get(key, {}))
            elif kind == REGISTER:
                _fill(cast("Array[object]", doc.get(root, type=Array)), wanted.registers.get(key, []))
    return next((update for update in made if update != NOTHING), b"")


def _rewrite(text: Text, markdown: str, patience: Patience) -> None:
    for edit in reversed(rewriting(text.diff(), parse(markdown), patience)):
        _carry_out(text, edit)


def _carry_out(text: Text, edit: Edit) -> None:
    if isinstance(edit, Insert):
        text.insert(edit.at, edit.words, edit.attributes)
    elif isinstance(edit, Delete):
        del text[edit.at : edit.end]
    else:
        text.format(edit.at, edit.end, edit.attributes)


def _answer(form: "Map[object]", wanted: Fields) -> None:
    now = plain_fields(form.to_py() or {})
    for key in now.keys() - wanted.keys():
        if now[key]:
            del form[key]
    for key, value in wanted.items():
        if now.get(key, "") != value:
            form[key] = value


def _fill(register: "Array[object]", wanted: list[Fields]) -> None:
    """Rows keep their place and are known by their id; what is missing goes behind its neighbour."""
    by_id = {row.get("id", ""): row for row in wanted}
    for at in reversed(range(len(register))):
        row = register[at]
        if isinstance(row, Map):
            known = by_id.get(plain_fields(row.to_py() or {}).get("id", ""))
            if known is None:
                del register[at]
            else:
                _answer(row, known)
    behind = 0
    for row in wanted:
        here = _ids(register)
        if (one := row.get("id", "")) in here:
            behind = here.index(one) + 1
        else:
            register.insert(behind, Map(dict(row)))
            behind += 1


def _ids(register: "Array[object]") -> list[str]:
    return [plain_fields(row.to_py() or {}).get("id", "") if isinstance(row, Map) else "" for row in register]
