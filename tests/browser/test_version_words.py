"""A committee's member, who has no editor, reads what was handed in, selects words and comments on them."""

import pytest
from playwright.sync_api import expect

from proposals.comments.models import Thread
from proposals.portfolio.models import Document
from proposals.workflow import services as workflow
from proposals.workflow.services.secretary import Change
from tests.browser.conftest import Seat
from tests.browser.desks import Desk
from tests.browser.margin import cards, marked
from tests.browser.test_axe import expect_clean
from tests.moving import grace, make_committee, submitted
from tests.people import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SELECT = """(part, words) => {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
    if (at >= 0) return true;
  }
  return false;
}"""
MARKED = "[...(CSS.highlights.get('coprod-commented') ?? [])].map(String)"


def select(desk: Desk, key: str, words: str) -> None:
    assert desk.page.locator(f"[data-part={key}]").evaluate(SELECT, words)


@pytest.fixture
def member(sit: Seat, cast: Cast, document: Document) -> Desk:
    """Dele, with what was handed in in front of him."""
    make_committee(cast)
    submitted(document.proposal, cast)
    return sit(cast.dele).go("version", document.proposal.reference, document.stage, 1)


def test_words_of_the_frozen_text_are_commented_on(member: Desk, sit: Seat, cast: Cast) -> None:
    """[FE85] [CM33] By selection and button, or by key; after the return they are marked for the pair."""
    select(member, "problem", "about the problem")
    member.page.get_by_role("button", name="Comment on the selected words").click()
    body = member.page.get_by_label("What do you want to say?")
    expect(body).to_be_focused()
    expect(member.page.get_by_label("On which words?")).to_have_value("about the problem")
    expect(member.page.get_by_label("About which part?")).to_have_value("problem")
    member.page.get_by_label("Question:").check()
    body.fill("What about weekends?")
    member.page.get_by_role("button", name="Comment", exact=True).click()
    expect(member.page.locator("main")).to_contain_text("What about weekends?")
    assert member.page.evaluate(MARKED) == ["about the problem"]
    select(member, "problem", "What we say")
    member.press("Control+Alt+m").type("Who are we?")
    member.page.get_by_role("button", name="Comment", exact=True).click()
    expect(member.page.locator("main")).to_contain_text("Who are we?")
    assert member.page.evaluate(MARKED) == ["What we say", "about the problem"]
    expect_clean(member)
    document = Document.objects.get()
    workflow.send_back(document.proposal, [Change("Say more", "problem")], by=grace())
    amara = sit(cast.amara).open(document)
    expect(cards(amara, "problem")).to_have_count(3)
    amara.eventually(lambda: marked(amara, "problem"), "What we sayabout the problem".__eq__)
    assert not Thread.objects.filter(version=None).exists()


def test_on_a_phone_and_without_script(member: Desk, sit: Seat, cast: Cast) -> None:
    """[FE85] Nothing runs off the screen; the words are copied by hand where there is no script."""
    member.page.set_viewport_size({"width": 320, "height": 640})
    select(member, "problem", "about the problem")
    expect(member.page.get_by_role("button", name="Comment on the selected words")).to_be_in_viewport()
    assert member.page.evaluate("document.documentElement.scrollWidth") <= 320
    plain = sit(cast.chandra, java_script_enabled=False)
    plain.page.goto(member.page.url)
    plain.page.get_by_label("About which part?").select_option("problem")
    plain.page.get_by_label("On which words?").fill("about the problem")
    plain.page.get_by_label("What do you want to say?").fill("By hand")
    plain.page.get_by_role("button", name="Comment", exact=True).click()
    expect(plain.page.locator("main")).to_contain_text("By hand")
    assert Thread.objects.get().exact == "about the problem"
