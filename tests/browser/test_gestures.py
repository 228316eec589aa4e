"""What writers do to a text, in a real browser: by button, by key, by paste, and with a phone's keyboard."""

import pytest
from playwright.sync_api import Locator, expect

from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk, agree
from tests.protocol.server import ROOT
from workspaces.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIXTURES = ROOT / "frontend/editor/fixtures"
KINDS = [
    ("Heading", "h3"),
    ("Smaller heading", "h4"),
    ("Bullets", "bullet 0"),
    ("Numbers", "number 0"),
    ("Quote", "blockquote"),
]


def expect_blocks(desk: Desk, key: str, blocks: list[tuple[str, str]]) -> None:
    desk.eventually(lambda: desk.blocks(key), lambda seen: seen == blocks)


def test_buttons_make_blocks_for_both(two: tuple[Desk, Desk]) -> None:
    """[FE20] A button shows that it is on, and takes it back; the caret stays in the text."""
    amara, ben = two
    words = "What we saw"
    amara.write("problem", words)
    for tool, kind in KINDS:
        button = amara.tool("problem", tool)
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect_blocks(ben, "problem", [(kind, words)])
        expect(button).to_have_attribute("aria-pressed", "true")
        amara.type(" again")
        words += " again"
        expect_blocks(ben, "problem", [(kind, words)])
        button.click()
        expect_blocks(ben, "problem", [("p", words)])


def test_a_sentence_survives_the_heading_somebody_else_makes_of_it(two: tuple[Desk, Desk]) -> None:
    """[FE5] In the middle of the sentence."""
    amara, ben = two
    amara.write("problem", "Costs")
    ben.sees("problem", "Costs")
    ben.write("problem", " agreed: 2.4 WTE")
    amara.tool("problem", "Heading").click()
    ben.type(" from May.")
    for desk in two:
        expect_blocks(desk, "problem", [("h3", "Costs agreed: 2.4 WTE from May.")])


def test_lists_indent_by_button_and_by_key(two: tuple[Desk, Desk]) -> None:
    """[FE21] [FE22] Signs at the start of a line work too."""
    amara, ben = two
    amara.enter("drivers").type("- No team at the door").press("Enter", "Control+]").type("Ask them")
    amara.press("Enter", "Control+[", "Control+Shift+Digit7").type("Then count")
    wanted = [("bullet 0", "No team at the door"), ("bullet 1", "Ask them"), ("number 0", "Then count")]
    expect_blocks(ben, "drivers", wanted)
    amara.tool("drivers", "Indent").click()
    expect_blocks(ben, "drivers", [*wanted[:2], ("number 1", "Then count")])
    amara.tool("drivers", "Outdent").click()
    expect_blocks(ben, "drivers", wanted)


@pytest.mark.parametrize(("tool", "tag"), [("Bold", "strong"), ("Italic", "em")])
def test_bold_and_italic_by_button_and_by_key(two: tuple[Desk, Desk], tool: str, tag: str) -> None:
    """[FE23] [FE43] Half a selection becomes bold as a whole; the other sees what is selected."""
    amara, ben = two
    key = f"Control+{tool[0].lower()}"
    amara.write("problem", "Never ").press(key).type("send them").press(key).type(" home")
    expect_marked(ben, tag, "send them")
    amara.press("Control+Shift+Home")
    expect_selected(ben, "Never send them home")
    amara.tool("problem", tool).click()
    expect_marked(ben, tag, "Never send them home")


def expect_marked(desk: Desk, tag: str, words: str) -> None:
    """A caret within a mark cuts it in two on the screen, so its parts are put together."""
    marks = desk.area("problem").locator(tag)
    desk.eventually(lambda: "".join(marks.all_text_contents()), lambda seen: seen == words)


def expect_selected(desk: Desk, words: str) -> None:
    """What the other person has selected is marked in the colour of their side."""
    expect_marked(desk, ".coprod-selected--clinician", words)


def test_a_link_is_asked_for_and_checked(two: tuple[Desk, Desk]) -> None:
    """[FE42] With the reason when it is refused."""
    amara, ben = two
    amara.write("problem", "See the audit").press("Control+Shift+ArrowLeft")
    expect_selected(ben, "audit")
    amara.press("Control+k")
    address = amara.section("problem").get_by_label("Web or email address")
    expect(address).to_be_focused()
    amara.type("javascript:alert(1)").press("Enter")
    expect(amara.section("problem").get_by_role("alert")).to_contain_text("Enter an address that starts with")
    address.fill("https://www.england.nhs.uk/frailty")
    amara.press("Enter")
    expect_marked(ben, "a[href='https://www.england.nhs.uk/frailty']", "audit")
    expect(amara.area("problem")).to_be_focused()


# -- the toolbar as the ARIA pattern has it --------------------------------------------------------
def test_the_toolbar_by_keyboard(sit: Seat, amara: Person, document: Document) -> None:
    """[FE41] Arrows, Home and End move within; Escape returns to the text."""
    desk = sit(amara).open(document)
    desk.write("problem", "What we saw").press("Tab")
    expect(desk.tool("problem", "Heading")).to_be_focused()
    desk.press("ArrowRight")
    expect(desk.tool("problem", "Smaller heading")).to_be_focused()
    desk.press("End")
    expect(desk.tool("problem", "Redo")).to_be_focused()
    desk.press("ArrowRight")
    expect(desk.tool("problem", "Heading")).to_be_focused()
    desk.press("ArrowLeft", "Home", "Enter")
    expect(desk.area("problem")).to_be_focused()
    expect_blocks(desk, "problem", [("h3", "What we saw")])
    desk.press("Tab", "Escape")
    expect(desk.area("problem")).to_be_focused()
    assert stops(desk.section("problem").get_by_role("toolbar")) == 1


def stops(toolbar: Locator) -> int:
    """How often the Tab key stops in a toolbar."""
    return toolbar.locator("button[tabindex='0']").count()


# -- undo ------------------------------------------------------------------------------------------
def test_undo_takes_back_only_ones_own_edits(two: tuple[Desk, Desk]) -> None:
    """[FE10] What the other wrote in between stays."""
    amara, ben = two
    amara.write("problem", "Hers one. ")
    ben.sees("problem", "Hers one. ")
    ben.write("problem", "His. ")
    amara.sees("problem", "His. ")
    amara.press("Control+End").type("Hers two. ")
    ben.sees("problem", "Hers two. ")
    amara.press("Control+z", "Control+z", "Control+z")
    assert agree("problem", amara, ben) == "His. "
    expect(amara.tool("problem", "Undo")).to_have_attribute("aria-disabled", "true")
    amara.press("Control+y", "Control+y", "Control+y")
    assert agree("problem", amara, ben) == "Hers one. His. Hers two. "
    ben.tool("problem", "Undo").click()
    assert agree("problem", amara, ben) == "Hers one. Hers two. "


# -- paste -----------------------------------------------------------------------------------------
def test_a_page_from_word_keeps_its_structure_and_nothing_else(two: tuple[Desk, Desk]) -> None:
    """[FE16] [FE19] For both."""
    amara, ben = two
    word = (FIXTURES / "word-list.html").read_text()
    amara.paste("problem", "Weekend emergency theatre", html=word)
    ben.sees("problem", "Second on-call team")
    agree("problem", amara, ben)
    blocks = ben.blocks("problem")
    assert blocks[0] == ("h3", "Weekend emergency theatre")
    assert ("bullet 0", "Second on-call team") in blocks
    assert ("bullet 1", "Two registrars, not one") in blocks
    assert ("number 0", "Agree the rota") in blocks
    area = ben.area("problem")
    expect(area.locator("strong").first).to_have_text("31 hours")
    assert "hidden draft" not in ben.text("problem")
    assert area.locator("[style], [class^=Mso], font").count() == 0
    assert "mso" not in area.inner_html().lower()


def test_a_pasted_page_is_undone_in_one_go(two: tuple[Desk, Desk]) -> None:
    """[FE17] And the words beside it stay."""
    amara, ben = two
    ben.write("problem", "His own words. ")
    amara.sees("problem", "His own words. ")
    amara.paste("problem", "One\nTwo\nThree")
    ben.sees("problem", "Three")
    amara.press("Control+z")
    assert agree("problem", amara, ben) == "His own words. "


# -- composition -----------------------------------------------------------------------------------
def test_a_composition_goes_on_while_somebody_writes_in_the_same_paragraph(two: tuple[Desk, Desk]) -> None:
    """[FE24] With the browser's own input method, not a likeness of it."""
    amara, ben = two
    ben.write("problem", "Start. ")
    amara.sees("problem", "Start. ")
    amara.enter("problem")
    ben.press("Home")
    keyboard = amara.context.new_cdp_session(amara.page)
    for said in ("n", "ni", "nih", "niho", "nihon"):
        keyboard.send(
            "Input.imeSetComposition", {"text": said, "selectionStart": len(said), "selectionEnd": len(said)}
        )
        ben.type(f"{len(said)} ")
    keyboard.send("Input.insertText", {"text": "日本"})
    amara.type(" and on")
    assert agree("problem", amara, ben) == "1 2 3 4 5 Start. 日本 and on"
    amara.expect_saved()
