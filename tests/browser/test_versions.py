"""The pages of versions in a real browser, on a desk and on a phone."""

import pytest

from proposals.editing import log, scribe, selectors, services
from proposals.editing.domain.content import Content
from proposals.editing.models import Epoch, Update
from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.test_axe import expect_clean
from tests.integration.test_text import FULL
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = Content(
    texts={"summary": "People wait **far** too long, and longer each winter.\n\n### New\n\n-   one\n"},
    forms=FULL.forms,
    registers={"people": [{"id": "a", "who": "Ward sisters", "interest": "low", "stance": "For it"}]},
)


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("versions", []),
        ("version", [1]),
        ("redline", [1, "now"]),
        ("restoration", [1]),
    ],
)
def test_a_page_of_versions_is_clean(
    sit: Seat, cast: Cast, document: Document, *, name: str, places: list[object]
) -> None:
    """[ED129] [ED130] [ED134] No rule of axe broken, nothing to scroll sideways for."""
    epoch = services.seed_content(document, FULL)
    services.name_version(document, "Before the winter", by=cast.amara)
    roots = selectors.roots_of(document.template)
    update = scribe.restore(log.merged(epoch.pk)[0], NOW, roots=roots, client=900)
    Update.objects.create(epoch=epoch, seq=2, data=update, by=cast.ben, at=document.created_at)
    Epoch.objects.update(head=2)
    desk = sit(cast.amara).go(name, document.proposal.reference, document.stage, *places)
    expect_clean(desk)
