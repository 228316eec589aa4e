"""Fixtures for every test: the people of `tests/people.py`, one by one."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from proposals.portfolio.models import Document, Proposal
from tests.people import Cast, people
from tests.proposals import make_proposal
from workspaces.models import Pair, Person, Workspace

# Rules are tried on machines that do other things meanwhile; how long an example takes is no rule of ours.
settings.register_profile("coprod", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("coprod")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Counts of failed sign-ins live in the cache; one test's must not lock the next one's account."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    return people()


@pytest.fixture
def workspace(cast: Cast) -> Workspace:
    return cast.workspace


@pytest.fixture
def pair(cast: Cast) -> Pair:
    return cast.pair


@pytest.fixture
def amara(cast: Cast) -> Person:
    return cast.amara


@pytest.fixture
def ben(cast: Cast) -> Person:
    return cast.ben


@pytest.fixture
def mags(cast: Cast) -> Person:
    return cast.mags


@pytest.fixture
def chandra(cast: Cast) -> Person:
    return cast.chandra


@pytest.fixture
def dele(cast: Cast) -> Person:
    return cast.dele


@pytest.fixture
def eve(cast: Cast) -> Person:
    return cast.eve


@pytest.fixture
def proposal(pair: Pair) -> Proposal:
    """Amara and Ben's, at its concept; both have accepted."""
    return make_proposal(pair)


@pytest.fixture
def document(proposal: Proposal) -> Document:
    return proposal.documents.get()
