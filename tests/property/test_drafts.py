"""Drafts stay private: random parts and states of a proposal, and every address asked by somebody outside."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proposals.editing.domain.content import Content
from proposals.editing.services import seed_content
from proposals.portfolio.domain.supporters import Role
from proposals.portfolio.models import Document, Proposal
from tests.architecture.test_every_door import address, patterns
from tests.people import Cast, as_
from tests.proposals import make_supporter
from workspaces.domain.pairing import Side
from workspaces.models import Deputy, Membership, Pair, Person

SECRET = "Thinking aloud"

parts = st.fixed_dictionaries(
    {
        "mags": st.sets(st.sampled_from([Role.PATIENT_PARTNER, Role.READER])),
        "chandra": st.sets(st.sampled_from([Role.COACH, Role.READER])),
        "dele": st.sets(st.sampled_from([Role.COACH, Role.READER])),
    }
)
states = st.fixed_dictionaries(
    {"waiting": st.booleans(), "ended": st.booleans(), "withdrawn": st.booleans(), "deputy": st.booleans()}
)


@pytest.fixture
def written(document: Document) -> Document:
    seed_content(document, Content(texts={"summary": f"{SECRET} about the ward."}))
    return document


@contextmanager
def a_world(
    document: Document, cast: Cast, *, who: dict[str, set[Role]], state: dict[str, bool]
) -> Iterator[None]:
    """The proposal in this state with these people beside it; undone afterwards."""
    now, today = timezone.now(), timezone.localdate()
    with transaction.atomic():
        for name, roles in who.items():
            for role in roles:
                make_supporter(document.proposal, getattr(cast, name), role)
        if state["deputy"]:
            Deputy.objects.create(
                pair=cast.pair, side=Side.MANAGER.value, starts_on=today, ends_on=today,
                membership=Membership.objects.get(person=cast.dele), appointed_by=cast.ben,
            )  # fmt: skip
        Pair.objects.update(
            manager_accepted_at=None if state["waiting"] else now, ended_at=now if state["ended"] else None
        )
        Proposal.objects.update(withdrawn_at=now if state["withdrawn"] else None)
        yield
        transaction.set_rollback(True)


def texts(document: Document) -> list[str]:
    """Every address at which the text of a draft stands."""
    where = [document.proposal.reference, document.stage]
    pages = [reverse(name, args=where) for name in ("editor", "text", "text_markdown")]
    return [*pages, *(reverse(name, args=[document.pk]) for name in ("api_document", "api_document_text"))]


def assert_door(person: Person, document: Document, *, sees: bool, reads: bool) -> None:
    client, reference = as_(person), document.proposal.reference
    expected = 200 if reads else 403 if sees else 404
    for url in texts(document):
        answer = client.get(url)
        assert (answer.status_code, person.name) == (expected, person.name)
        assert reads or SECRET not in answer.content.decode()
    for url in ("/", "/?words=frailty", reverse("api_proposals")):
        assert (reference in client.get(url).content.decode()) is sees
    assert client.get(reverse("proposal", args=[reference])).status_code == (200 if sees else 404)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=parts, state=states)
def test_a_draft_is_read_by_the_invited_alone(
    *, cast: Cast, written: Document, who: dict[str, set[Role]], state: dict[str, bool]
) -> None:
    """[PF24] [PF26] By page, Markdown and JSON, whatever the state; a patient partner finds no other."""
    with a_world(written, cast, who=who, state=state):
        for name in ("amara", "ben", "mags", "chandra", "dele", "eve"):
            is_half = name == "amara" or (name == "ben" and not (state["waiting"] and state["ended"]))
            invited = bool(who.get(name)) or is_half or (name == "dele" and state["deputy"])
            sees = invited or name in ("ben", "chandra", "dele")
            assert_door(getattr(cast, name), written, sees=sees, reads=invited)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["chandra", "dele", "mags", "eve"])
def test_no_address_gives_it_away(*, cast: Cast, written: Document, name: str) -> None:
    """[PF24] [PF26] Every address there is, asked by everybody without a part."""
    client = as_(getattr(cast, name))
    routes = [route for _name, route in patterns(get_resolver()) if not route.startswith(("accounts/", "^"))]
    assert len(routes) > 20
    for route in routes:
        answer = client.get(address(route, written.proposal, written))
        said = b"".join(answer) if answer.streaming else answer.content
        assert SECRET.encode() not in said
        assert name in {"chandra", "dele"} or written.proposal.title.encode() not in said
