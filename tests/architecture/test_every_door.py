"""Every address, asked for by a stranger: a page for everybody, a sign-in, or not found."""

import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from proposals.portfolio.models import Document, Proposal
from workspaces.models import Person

# Pages that everybody who has an account, or nobody yet, may see.
OPEN = {
    "board", "proposal_new", "accessibility", "healthz", "readyz", "api_schema", "api_docs",
    "api_proposals", "invitation", "news", "news_preferences", "api_news",
    "committees", "api_decisions", "metrics", "search", "api_similar_proposals",
}  # fmt: skip

SIGNED_IN = {
    "board", "proposal_new", "api_proposals", "news", "news_preferences", "api_news", "committees",
    "api_decisions", "search", "api_similar_proposals",
}  # fmt: skip


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry.name or "", route
        elif entry.namespace != "admin":
            yield from patterns(entry, route)


def address(route: str, proposal: Proposal, document: Document) -> str:
    """A route with real ids of somebody else's work in its places."""
    known = {
        "reference": proposal.reference,
        "slug": proposal.workspace.slug,
        "stage": document.stage,
        "document_id": str(document.pk),
        "epoch": str(uuid.uuid4()),
    }
    filled = re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: known.get(m[2], "1" if m[1] == "int" else "none"), route)
    return "/" + filled.replace("^", "").replace("$", "")


@pytest.mark.django_db
def test_eve_finds_nothing(eve: Person, proposal: Proposal, document: Document) -> None:
    client = Client()
    client.force_login(eve)
    answers = {}
    for name, route in patterns(get_resolver()):
        if name in OPEN or name.startswith("account") or route.startswith(("accounts/", "^static", "^media")):
            continue
        answers[name or route] = client.get(address(route, proposal, document)).status_code
    assert answers
    assert {name: code for name, code in answers.items() if code not in (404, 405)} == {}


@pytest.mark.django_db
def test_a_visitor_is_asked_to_sign_in(proposal: Proposal, document: Document) -> None:
    client = Client()
    answers = {}
    for name, route in patterns(get_resolver()):
        if name in (OPEN - SIGNED_IN) or route.startswith(("accounts/", "^static")):
            continue
        answers[name or route] = client.get(address(route, proposal, document)).status_code
    assert {name: code for name, code in answers.items() if code not in (302, 401, 403, 404)} == {}
