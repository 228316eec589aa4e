"""/api/documents/<id>/threads/: opening threads on words or sections, and listing them."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.comments.models import Comment, Thread, ThreadEvent
from proposals.portfolio.models import Document
from tests.people import Cast, as_
from tests.proposals import make_supporter
from tests.threads import anchor_on, begun, cut, insert, said, write
from workspaces.models import AuditEntry, Person

CHANGED = "The text changed while you were selecting it. Please select it again."


def address(document: Document) -> str:
    return f"/api/documents/{document.pk}/threads/"


def post(client: Client, document: Document, **sent: object) -> Any:
    facts = {"section": "summary", "body": "Is that so?", **sent}
    return client.post(address(document), facts, content_type="application/json")


def listed(person: Person, document: Document, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = as_(person).get(address(document) + query).json()["results"]
    return found


def test_it_works(document: Document, cast: Cast) -> None:
    """[CM1] [CM10] A thread on words, seen by the other with the words and where they stand."""
    begun(document)
    made = post(as_(cast.amara), document, anchor=anchor_on(document, "too long"), kind="question")
    assert made.status_code == 201, made.json()
    assert made.json()["url"] == made["Location"]
    thread = listed(cast.ben, document)[0]
    assert thread["anchor"]["state"] == "anchored"
    assert thread["anchor"]["quote"] == "too long"
    start, end = thread["anchor"]["at"].values()
    assert said(document)[start:end] == "too long"
    assert thread["comments"][0]["html"] == "<p>Is that so?</p>"
    assert thread["comments"][0]["by"] == {"id": cast.amara.pk, "name": "Amara Okafor", "side": "clinician"}
    assert thread["unread"] == 1
    assert thread["abilities"]["answer"]["allowed"]
    assert thread["abilities"]["resolve"] == {
        "allowed": False,
        "reason": "Only Amara Okafor, who asked, can resolve this. You can answer it.",
    }
    assert thread == {
        **made.json(),
        "unread": 1,
        "abilities": thread["abilities"],
        "comments": thread["comments"],
    }


def test_eve_gets_404(document: Document, eve: Person) -> None:
    """[CM9]"""
    begun(document)
    assert as_(eve).get(address(document)).status_code == 404
    assert post(as_(eve), document).status_code == 404
    assert not Thread.objects.exists()


def test_a_colleague_who_is_not_invited_reads_why(document: Document, cast: Cast) -> None:
    """[CM9] The margin is for those who may read the draft; readers talk too, though they do not write."""
    begun(document)
    post(as_(cast.amara), document, body="Between us")
    for answer in (as_(cast.dele).get(address(document)), post(as_(cast.dele), document)):
        assert answer.status_code == 403
        assert "Ask Amara Okafor or Ben Adeyemi to add you." in answer.json()["detail"]
        assert "Between us" not in answer.content.decode()
    make_supporter(document.proposal, cast.dele, "reader")
    assert len(listed(cast.dele, document)) == 1
    made = post(as_(cast.dele), document, anchor=anchor_on(document, "too long"))
    assert made.status_code == 201
    assert made.json()["comments"][0]["by"]["side"] == "other"


def test_nobody_talks_about_a_withdrawn_proposal(document: Document, cast: Cast) -> None:
    """[CM9] What was said stays."""
    begun(document)
    post(as_(cast.amara), document)
    proposal = document.proposal
    proposal.withdrawn_at = proposal.created_at
    proposal.save()
    assert post(as_(cast.amara), document).status_code == 403
    thread = listed(cast.amara, document)[0]
    assert not any(grant["allowed"] for grant in thread["abilities"].values())


def test_a_whole_section(document: Document, cast: Cast) -> None:
    """[CM1] Also before anybody has written."""
    made = post(as_(cast.amara), document, section="ask", addressed="manager", blocking=True)
    assert made.status_code == 201
    thread = listed(cast.ben, document)[0]
    assert thread["anchor"]["state"] == "section"
    assert thread["anchor"]["start"] is None
    assert (thread["addressed"], thread["blocking"]) == ("manager", True)


def test_the_text_has_moved_on(document: Document, cast: Cast) -> None:
    """[CM10] The words are there no more, or others: select them again. Nothing is stored."""
    begun(document)
    anchor = anchor_on(document, "too long")
    write(document, insert("far ", "too long"), by=cast.ben)
    assert post(as_(cast.amara), document, anchor=anchor).status_code == 201
    write(document, insert("very ", "long"), by=cast.ben)
    refused = post(as_(cast.amara), document, anchor=anchor)
    assert (refused.status_code, refused.json()["detail"]) == (409, CHANGED)
    write(document, cut("too very long"), by=cast.ben)
    assert post(as_(cast.amara), document, anchor=anchor).status_code == 409
    assert Thread.objects.count() == 1


def test_places_of_another_document_or_section(document: Document, cast: Cast) -> None:
    """[CM11] Whatever they are said to be, they are not these words."""
    begun(document)
    here, there = anchor_on(document, "too long"), anchor_on(document, "Beds", "t:problem")
    unknown = {"tname": "t:summary", "item": {"client": 77, "clock": 3}, "assoc": 0}
    later = {"tname": "t:summary", "item": {"client": 2, "clock": 10**6}, "assoc": 0}
    forged = {**there["start"], "tname": "t:summary"}  # type: ignore[dict-item]
    for start in (unknown, later, forged):
        answer = post(as_(cast.amara), document, anchor={**here, "start": start})
        assert (answer.status_code, answer.json()["detail"]) == (409, CHANGED)
    elsewhere = post(as_(cast.amara), document, anchor=there)
    assert elsewhere.status_code == 400
    assert elsewhere.json()["errors"] == {"anchor": ["The words are not in this section. Select them again."]}
    unwritten = post(as_(cast.amara), document, section="nowhere")
    assert (unwritten.status_code, unwritten.json()["detail"]) == (422, "This text has no such section.")
    assert not Thread.objects.exists()


@pytest.mark.parametrize("quote", ["x" * 1_000_000, "x" * 501, "", "\ud83d", "\x00", 7, None, ["too long"]])
def test_a_quote_that_is_none(document: Document, amara: Person, quote: object) -> None:
    """[CM11] A megabyte, nothing, half an emoji, no text at all."""
    begun(document)
    anchor = {**anchor_on(document, "too long"), "quote": quote}
    answer = post(as_(amara), document, anchor=anchor)
    assert answer.status_code in (400, 409)
    assert "detail" in answer.json()
    assert not Thread.objects.exists()


@pytest.mark.parametrize("start", [None, 7, "AAAA", [], {}, {"tname": "t:summary", "item": {}}, {"tname": 1}])
def test_places_that_are_none(document: Document, amara: Person, start: object) -> None:
    """[CM11] Malformed ones never reach the library, which would panic."""
    begun(document)
    answer = post(as_(amara), document, anchor={**anchor_on(document, "too long"), "start": start})
    assert answer.status_code == 400
    assert "anchor" in next(iter(answer.json()["errors"]))
    assert not Thread.objects.exists()


def test_json_that_is_a_pit(document: Document, amara: Person) -> None:
    """[CM11] Nested a hundred thousand deep: refused in words."""
    body = '{"section": "summary", "body": ' + "[" * 100_000 + "]" * 100_000 + "}"
    answer = as_(amara).post(address(document), body, content_type="application/json")
    assert (answer.status_code, answer.json()["detail"]) == (400, "What was sent is nested too deeply.")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"body": ""}, "Write something first."),
        ({"body": "x" * 2001}, "A comment can have 2,000 characters at most."),
        ({"kind": "decree"}, "is not a valid choice"),
        ({"addressed": "other"}, "is not a valid choice"),
        ({"section": "no/key"}, "valid"),
    ],
)
def test_what_cannot_be_used(
    document: Document, amara: Person, *, sent: dict[str, str], sentence: str
) -> None:
    """[CM11]"""
    answer = post(as_(amara), document, **sent)
    assert answer.status_code == 400
    assert sentence in answer.json()["errors"][next(iter(sent))][0]
    assert not Thread.objects.exists()


def test_words_of_markup_are_words(document: Document, cast: Cast) -> None:
    """[CM7] Scripts, handlers and addresses that run never reach a page."""
    body = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) **yes**"
    answer = post(as_(cast.amara), document, body=body).json()
    html = answer["comments"][0]["html"]
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html
    assert "<strong>yes</strong>" in html
    assert answer["comments"][0]["body"] == body


def test_a_thread_costs_at_most_twelve_queries(document: Document, cast: Cast) -> None:
    """[CM26] For a reader who calls nobody, and for one of the pair who calls the other; beside the
    transaction's own."""
    begun(document)
    make_supporter(document.proposal, cast.dele, "reader")
    for person, body in ((cast.dele, "Is that so?"), (cast.amara, "Is that so, @Ben?")):
        client, anchor = as_(person), anchor_on(document, "too long")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert post(client, document, anchor=anchor, body=body).status_code == 201
        asked = [
            q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
        ]
        assert len(asked) <= 12, "\n".join(asked)


def test_filters(document: Document, cast: Cast) -> None:
    """[CM25] Open, mine, addressed to me, by kind, by section, detached, and what is new."""
    begun(document)
    amara, ben = as_(cast.amara), as_(cast.ben)
    first = post(amara, document, kind="question", addressed="manager").json()
    second = post(ben, document, section="ask", body="@Amara?").json()
    third = post(amara, document, anchor=anchor_on(document, "too long")).json()
    Thread.objects.filter(pk=third["id"]).update(anchor_state="detached", state="resolved")

    def found(person: Person, query: str) -> list[int]:
        return [thread["id"] for thread in listed(person, document, query)]

    a, b, c = first["id"], second["id"], third["id"]
    assert found(cast.ben, "") == [a, b, c]
    assert found(cast.ben, "?state=open") == [a, b]
    assert found(cast.ben, "?state=open&state=resolved") == [a, b, c]
    assert found(cast.ben, "?mine=true") == [b]
    assert found(cast.ben, "?addressed=me") == [a]
    assert found(cast.amara, "?addressed=me") == [b]
    assert found(cast.amara, "?addressed=manager") == [a]
    assert found(cast.ben, "?kind=question") == [a]
    assert found(cast.ben, "?anchor=detached") == [c]
    assert found(cast.ben, "?section=ask&section=summary&limit=2") == [a, b]
    assert found(cast.ben, f"?since={second['changed_at'].replace('+', '%2B')}") == [c]
    wrong = ben.get(address(document) + "?state=lost&since=yesterday")
    assert wrong.status_code == 400
    assert set(wrong.json()["errors"]) == {"state", "since"}


def test_the_cost_of_a_list_does_not_grow(document: Document, cast: Cast) -> None:
    """[CM26] Ten threads are as few queries as one."""
    begun(document)
    client = as_(cast.ben)
    counts = []
    for _ in range(2):
        for _ in range(5):
            post(as_(cast.amara), document)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(document))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_a_deed_leaves_behind(document: Document, cast: Cast) -> None:
    """[CM6] An event and a hint that carries ids alone; no entry in the record, for nothing was changed."""
    begun(document)
    made = post(as_(cast.amara), document, body="Secret words", anchor=anchor_on(document, "too long")).json()
    event = ThreadEvent.objects.get()
    assert (event.kind, event.by, event.thread_id) == ("opened", cast.amara, made["id"])
    assert not AuditEntry.objects.filter(verb__startswith="thread_").exists()
    assert "Secret" not in json.dumps(event.facts)
    assert "too long" not in json.dumps(event.facts)
    assert Comment.objects.get().body == "Secret words"
