"""/api/versions/<hash>/: one version, found by the hash that a decision names."""

import hashlib

from proposals.editing import services
from proposals.portfolio.models import Document
from tests.integration.test_text import FULL
from tests.people import as_
from workspaces.models import Person


def test_it_works(document: Document, amara: Person, ben: Person) -> None:
    """[ED129] [ED124] With the text that the hash is of, the Markdown and the paragraphs."""
    services.seed_content(document, FULL)
    services.name_version(document, "First", by=amara)
    version = services.freeze(document, by=ben)
    services.thaw(document, by=ben)
    services.name_version(document, "Third", by=amara)
    facts = as_(ben).get(f"/api/versions/{version.sha256.upper()}/").json()
    assert (facts["number"], facts["frozen"], facts["made_by"]) == (2, True, "Ben Adeyemi")
    assert hashlib.sha256(facts["canonical"].encode()).hexdigest() == version.sha256
    assert "People wait **too long**." in facts["markdown"]
    assert {"number": "1.1", "section": "summary", "text": "People wait too long."} in facts["paragraphs"]


def test_eve_gets_404(document: Document, amara: Person, eve: Person) -> None:
    version = services.freeze(document, by=amara)
    assert as_(eve).get(f"/api/versions/{version.sha256}/").status_code == 404
    assert as_(amara).get(f"/api/versions/{'0' * 64}/").status_code == 404


def test_whoever_is_not_invited_gets_403(document: Document, amara: Person, chandra: Person) -> None:
    """[ED129]"""
    version = services.freeze(document, by=amara)
    assert as_(chandra).get(f"/api/versions/{version.sha256}/").status_code == 403
