"""What changed between two versions, or up to the text as it is now."""

from django.urls import reverse

from proposals.editing import scribe, services
from proposals.editing.domain.content import Content
from proposals.editing.models import Epoch, Update
from proposals.editing.selectors import roots_of
from proposals.portfolio.models import Document
from tests.people import as_
from workspaces.models import Person


def address(document: Document, older: int = 1, newer: str = "now") -> str:
    return reverse("redline", args=[document.proposal.reference, document.stage, older, newer])


def rewritten(document: Document, **texts: str) -> None:
    """As if everything had been written anew by now."""
    data = scribe.seed(texts, {}, {}, roots=roots_of(document.template))
    Update.objects.update(data=data, seq=2)
    Epoch.objects.update(head=2)


def test_it_works(document: Document, amara: Person, ben: Person) -> None:
    """[ED130] Underlined and struck through, said in hidden words, numbered; the rest is left out."""
    services.seed_content(document, Content(texts={"summary": "People <wait> too long.", "problem": "Same."}))
    services.name_version(document, "First", by=amara)
    rewritten(document, summary="People <wait> for hours.", problem="Same.")
    page = as_(ben).get(address(document)).content.decode()
    hidden = '<span class="nhsuk-u-visually-hidden">'
    assert (
        f'People &lt;wait&gt; <del class="coprod-redline__removed">{hidden}[removed: </span>too long'
        f'{hidden}]</span></del><ins class="coprod-redline__added">{hidden}[added: </span>for hours'
    ) in page
    assert "Same." not in page
    assert "1 change<" in page
    services.name_version(document, "Second", by=amara)
    assert as_(ben).get(address(document, 1, "2")).content.decode().count("<ins") == 1
    assert "Nothing has changed." in as_(ben).get(address(document, 2)).content.decode()


def test_eve_gets_404(document: Document, amara: Person, eve: Person) -> None:
    services.name_version(document, "First", by=amara)
    assert as_(eve).get(address(document)).status_code == 404
    assert as_(amara).get(address(document, 1, "2")).status_code == 404
    assert as_(amara).get(address(document, 2)).status_code == 404


def test_whoever_is_not_invited_gets_403(document: Document, amara: Person, chandra: Person) -> None:
    """[ED129]"""
    services.name_version(document, "First", by=amara)
    assert as_(chandra).get(address(document)).status_code == 403
