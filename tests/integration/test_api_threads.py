"""/api/documents/<id>/threads/: opening threads on words or sections, and listing them."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from proposals.comments.models import Comment, Thread, ThreadEvent
from proposals.portfolio.models import Document, Supporter
from tests.people import Cast, as_
from tests.proposals import make_supporter
from tests.threads import anchor_on, begun, cut, insert, said, write
from workspaces.models import AuditEntry, Person


def address(document: Document) -> str:
    return f"/api/documents/{document.pk}/threads/"


def post(client: Client, document: Document, **sent: object):
    facts = {"section": "summary", "body": "Is that so?", **sent}
    return client.post(address(document), facts, content_type="application/json")


def test_it_works(document: Document, cast: Cast) -> None:
    """[CM1] A thread on words, seen by the other with the words and where they stand."""
    begun(document)
    made = post(as_(cast.amara), document, anchor=anchor_on(document, "too long"), kind="question")
    assert made.status_code == 201, made.json()
    assert made.json()["url"] == made["Location"]
    answer = as_(cast.ben).get(address(document)).json()
    assert answer["count"] == 1
    thread = answer["results"][0]
    assert thread["anchor"]["state"] == "anchored"
    assert thread["anchor"]["quote"] == "too long"
    start, end = thread["anchor"]["at"].values()
    assert said(document)[start:end] == "too long"
    assert thread["comments"][0]["html"] == "<p>Is that so?</p>"
    assert thread["comments"][0]["by"]["side"] == "clinician"
    assert thread["unread"] == 1
    assert thread["abilities"]["answer"]["allowed"]
    assert not thread["abilities"]["resolve"]["allowed"]
    assert thread["abilities"]["resolve"]["reason"] == (
        "Only Amara Okafor, who asked, can resolve this. You can answer it."
    )


def test_eve_gets_404(document: Document, eve: Person) -> None:
    begun(document)
    assert as_(eve).get(address(document)).status_code == 404
    assert post(as_(eve), document).status_code == 404
    assert not Thread.objects.exists()
