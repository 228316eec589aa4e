"""/api/documents/<id>/gaps/: what a document still needs, in the words of the gate; and in the editor."""

from proposals.portfolio.domain.stages import Route
from proposals.portfolio.models import Document, Section, Supporter
from tests.people import as_
from tests.proposals import make_supporter
from workspaces.models import Person

NOTHING = "Nothing is written in “{}” yet."


def address(document: Document) -> str:
    return f"/api/documents/{document.pk}/gaps/"


def editor_of(document: Document) -> str:
    return f"/proposals/{document.proposal.reference}/{document.stage}/"


def gaps_in(document: Document, person: Person) -> dict[str, list[str]]:
    facts = as_(person).get(address(document)).json()
    assert facts["id"] == document.pk
    return {section["key"]: section["gaps"] for section in facts["sections"]}


def test_it_works(document: Document, amara: Person) -> None:
    """[ED85] Section by section, in the order of the template."""
    sections = list(document.template.sections.order_by("order"))
    found = gaps_in(document, amara)
    assert list(found) == [section.key for section in sections]
    for section in sections:
        assert found[section.key] == ([NOTHING.format(section.title)] if section.required else [])


def test_a_section_that_the_route_does_not_ask_for_needs_nothing(document: Document, amara: Person) -> None:
    """[ED84]"""
    section = document.template.sections.order_by("order")[1]
    Section.objects.filter(pk=section.pk).update(routes=["C"])
    assert gaps_in(document, amara)[section.key] == [NOTHING.format(section.title)]
    document.proposal.route = Route.TEST.value
    document.proposal.save(update_fields=["route"])
    assert gaps_in(document, amara)[section.key] == []


def test_readers_may_ask_and_eve_gets_404(document: Document, dele: Person, eve: Person) -> None:
    """[ED85]"""
    make_supporter(document.proposal, dele, Supporter.READER)
    assert as_(dele).get(address(document)).status_code == 200
    assert as_(eve).get(address(document)).status_code == 404


def test_the_editor_marks_them_for_those_who_write(document: Document, amara: Person, dele: Person) -> None:
    """[ED84] Also without script, as of the last save."""
    make_supporter(document.proposal, dele, Supporter.READER)
    title = document.template.sections.order_by("order")[0].title
    for person, writes in ((amara, True), (dele, False)):
        page = as_(person).get(editor_of(document)).content.decode()
        assert (f"<li>{NOTHING.format(title)}</li>" in page) is writes
        assert ("1 thing missing</span>" in page) is writes
