"""Bringing back older words: the text says them again, and nobody's typing meanwhile is lost."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pycrdt import Array, Map, Text

from proposals.editing.domain import gate
from proposals.editing.domain.content import Content, plain_fields, plain_rows
from proposals.editing.domain.flat import Block, Run, blocks, ops
from proposals.editing.domain.known import Known
from proposals.editing.domain.limits import Limits
from proposals.editing.domain.markdown import normal, parse, serialise
from proposals.editing.domain.restoring import Document, restore

# What two people type: signs that stand nowhere else.
SIGNS = "①②③④⑤", "ⒶⒷⒸⒹⒺ"
ROOTS = frozenset({"t:a", "f:a", "r:a"})


def with_id(row: dict[str, str], one: str) -> dict[str, str]:
    return {**row, "id": one}


RUNS = st.builds(
    Run,
    st.lists(st.sampled_from(["a", "bed", "😀", "é", "wait.", "  ", "1,5"]), min_size=1, max_size=6).map(
        " ".join
    ),
    strong=st.booleans(),
    em=st.booleans(),
    href=st.sampled_from(["", "", "https://a.example/x"]),
)
KINDS = st.sampled_from(
    [Block(), Block(), Block(h=3), Block(list="bullet"), Block(list="number", indent=1), Block(quote=True)]
)
BLOCKS = st.lists(
    st.builds(replace, KINDS, runs=st.lists(RUNS, max_size=3).map(tuple)),
    max_size=6,
)
FIELDS = st.dictionaries(st.sampled_from(["x", "y", "z"]), st.sampled_from(["", "one", "two 😀"]))
ROWS = st.lists(st.sampled_from("abcd"), unique=True, max_size=4).flatmap(
    lambda ids: st.tuples(*(st.builds(with_id, FIELDS, st.just(one)) for one in ids)).map(list)
)


def text_in(doc: Document) -> Text:
    return doc.get("t:a", type=Text)  # type: ignore[return-value]


def form_in(doc: Document) -> "Map[object]":
    return doc.get("f:a", type=Map)  # type: ignore[return-value]


def rows_in(doc: Document) -> "Array[object]":
    return doc.get("r:a", type=Array)  # type: ignore[return-value]


def written(of: list[Block], form: dict[str, str], rows: list[dict[str, str]]) -> Document:
    doc = Document(client_id=2)
    text, at = text_in(doc), 0
    for words, attributes in ops(of):
        text.insert(at, words, attributes)
        at += len(words.encode())
    form_in(doc).update(dict(form.items()))
    rows_in(doc).extend([Map(row) for row in rows])
    return doc


def said(doc: Document) -> Content:
    return Content(
        {"a": serialise(blocks(text_in(doc).diff()))},
        {"a": plain_fields(form_in(doc).to_py())},
        {"a": plain_rows(rows_in(doc).to_py())},
    )


def filled(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["id"]: {key: value for key, value in row.items() if value} for row in rows}


def copy_of(doc: Document, client: int) -> Document:
    other = Document(client_id=client)
    other.apply_update(doc.get_update())
    return other


def item(words: str, **kind: object) -> Block:
    return replace(Block(list="bullet"), runs=(Run(words),), **kind)  # type: ignore[arg-type]


@given(st.tuples(BLOCKS, BLOCKS), st.tuples(FIELDS, FIELDS), st.tuples(ROWS, ROWS))
@example(([item("a", list="number", indent=1)], [item("a"), item("a")]), ({}, {}), ([], []))
@example(([item("a", indent=1)], [item("a"), item("a")]), ({}, {}), ([], []))
@settings(max_examples=300)
def test_the_text_says_it_again(
    texts: tuple[list[Block], ...],
    forms: tuple[dict[str, str], ...],
    rows: tuple[list[dict[str, str]], ...],
) -> None:
    """[ED132] Whatever it says now, afterwards it says what it said then; by one client, through the gate."""
    now, then = texts
    live = written(now, forms[0], rows[0])
    wanted = Content({"a": serialise(normal(then))}, {"a": forms[1]}, {"a": rows[1]})
    merged = live.get_update()
    update = restore(merged, wanted, roots=ROOTS, client=77)
    if update:
        accepted = gate.check(update, Known.of(merged), lambda _: "free", roots=ROOTS, limits=Limits())
        assert accepted.clients <= {77}
        live.apply_update(update)
    text = text_in(live)
    assert str(text).startswith("\n")
    assert parse(said(live).texts["a"]) == parse(wanted.texts["a"])
    filled_in = {key: value for key, value in said(live).forms["a"].items() if value}
    assert filled_in == {key: value for key, value in forms[1].items() if value}
    assert filled(said(live).registers["a"]) == filled(rows[1])
    again = restore(live.get_update(), wanted, roots=ROOTS, client=78)
    assert again == b""


@given(st.tuples(BLOCKS, BLOCKS), st.lists(st.floats(0, 1), min_size=1, max_size=5), st.booleans())
@settings(max_examples=200)
def test_what_others_type_meanwhile_stays(
    texts: tuple[list[Block], ...], places: list[float], typed_first: bool
) -> None:
    """[ED133] Two people type while it is brought back: every sign is there, once; all copies are equal."""
    now, then = texts
    live = written(now, {}, [])
    wanted = Content({"a": serialise(normal(then))})
    update = restore(live.get_update(), wanted, roots=["t:a"], client=77)
    amara, ben = copy_of(live, 1_001), copy_of(live, 1_002)
    for who, doc in enumerate((amara, ben)):
        text = text_in(doc)
        for nth, share in enumerate(places):
            characters = str(text)
            at = 1 + int(share * (len(characters) - 1))
            text.insert(len(characters[:at].encode()), SIGNS[who][nth])
    order = [amara.get_update(), update, ben.get_update()] if typed_first else [update, amara.get_update()]
    for each in [*order, ben.get_update()]:
        if each:
            live.apply_update(each)
    for doc in (amara, ben):
        doc.apply_update(live.get_update())
        assert str(text_in(doc)) == str(text_in(live))
    for who in range(2):
        for nth in range(len(places)):
            assert str(text_in(live)).count(SIGNS[who][nth]) == 1


def test_what_both_say_is_not_touched() -> None:
    """[ED132] One word differs: a few bytes, not the paragraph again; a mark comes without the words."""
    paragraph = "People wait far too long. " + " ".join(f"Ward {n} has {n + 3} beds." for n in range(60))
    live = written(
        [Block(runs=(Run(paragraph),)), Block(runs=(Run("Bold", strong=True), Run(" end")))], {}, []
    )
    wanted = Content({"a": f"{paragraph.strip().replace('far', 'much', 1)}\n\nBold end\n"})
    merged = live.get_update()
    update = restore(merged, wanted, roots=["t:a"], client=77)
    accepted = gate.check(update, Known.of(merged), lambda _: "free", roots=ROOTS, limits=Limits())
    assert len(accepted.update) < 120
    live.apply_update(update)
    assert said(live).texts["a"] == wanted.texts["a"]


def test_an_empty_text_is_filled_where_it_stands_open() -> None:
    """[ED132] And emptied again it keeps the line break that opens it."""
    live = written([], {}, [])
    live.apply_update(
        restore(live.get_update(), Content({"a": "### One\n\nTwo\n"}), roots=["t:a"], client=77)
    )
    assert str(text_in(live)) == "\nOne\nTwo"
    live.apply_update(restore(live.get_update(), Content(), roots=["t:a"], client=78))
    assert text_in(live).diff() == [("\n", None)]
