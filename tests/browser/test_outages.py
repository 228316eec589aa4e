"""The network goes, or the server does: nothing that was typed is lost, and the page says what is saved."""

import re

import pytest
from playwright.sync_api import expect

from proposals.editing.selectors import content_of
from proposals.portfolio.models import Document
from tests.browser.conftest import Seat
from tests.browser.desks import Desk, agree, together
from tests.protocol.server import Server
from workspaces.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERS = "Frail people go home later than they need to."
HIS = "Each extra night costs about three hundred pounds."
KEPT = "Kept on this device. It is sent when the connection is back, even if you close this page."
COUNT_KEPT = """async () => {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === "coprod-unsent")) return 0;
  const opening = indexedDB.open("coprod-unsent");
  const database = await new Promise((done) => { opening.onsuccess = () => done(opening.result); });
  const count = database.transaction("batches").objectStore("batches").count();
  await new Promise((done) => { count.onsuccess = done; });
  database.close();
  return count.result;
}"""


def expect_unsaved(desk: Desk) -> None:
    expect(desk.saved).to_have_text(re.compile(r"^Not saved since \d\d:\d\d$"))
    expect(desk.page.locator(".coprod-saved-state__detail")).to_have_text(KEPT)


def test_saving_then_saved(sit: Seat, amara: Person, document: Document) -> None:
    """[FE32] [FE39] Saving at once; Saved when the server has it."""
    desk = sit(amara).open(document)
    expect(desk.saved).to_have_text("Saved")
    desk.write("problem", HERS)
    expect(desk.saved).to_have_text("Saving")
    expect(desk.saved).to_have_text("Saved")
    assert content_of(document).texts["problem"].strip() == HERS


def test_both_write_while_one_has_no_network(two: tuple[Desk, Desk], document: Document) -> None:
    """[FE34] [FE39] The page says that it is not saved; afterwards both have everything."""
    amara, ben = two
    amara.write("problem", "Before. ")
    ben.sees("problem", "Before. ")
    ben.enter("problem")
    amara.context.set_offline(True)
    together((amara, HERS), (ben, HIS))
    expect_unsaved(amara)
    ben.expect_saved()
    assert HERS not in ben.text("problem")
    amara.context.set_offline(False)
    ben.sees("problem", HERS)
    text = agree("problem", amara, ben)
    assert text in {f"Before. {HERS}{HIS}", f"Before. {HIS}{HERS}"}
    amara.expect_saved()
    assert content_of(document).texts["problem"].strip() == text


def test_a_server_killed_while_both_type_loses_nothing(
    two: tuple[Desk, Desk], server: Server, document: Document
) -> None:
    """[FE34] [FE37] Neither what was acknowledged nor what was on its way."""
    amara, ben = two
    amara.write("problem", "Acknowledged before. ").expect_saved()
    amara.enter("problem")
    ben.enter("baseline")

    def power_cut(letter: int) -> None:
        if letter == 15:
            server.kill9()

    together((amara, HERS), (ben, HIS), after=power_cut)
    assert amara.text("problem") == f"Acknowledged before. {HERS}"
    server.start()
    amara.expect_saved()
    ben.expect_saved()
    assert agree("problem", amara, ben) == f"Acknowledged before. {HERS}"
    assert agree("baseline", amara, ben) == HIS
    kept = content_of(document)
    assert HERS in kept.texts["problem"]
    assert HIS in kept.texts["baseline"]


def test_what_was_saved_when_the_server_died_is_there(
    two: tuple[Desk, Desk], server: Server, document: Document
) -> None:
    """[FE32] The server dies and nobody who typed comes back: what was called saved is in the log."""
    amara, ben = two
    amara.write("problem", HERS)
    ben.write("problem", HIS)
    amara.expect_saved()
    ben.expect_saved()
    text = agree("problem", amara, ben)
    server.kill9()
    amara.leave()
    ben.leave()
    server.start()
    assert content_of(document).texts["problem"].strip() == text


def test_unsent_words_survive_a_closed_page(two: tuple[Desk, Desk], document: Document) -> None:
    """[FE37] Kept on the device until they have their receipt, and no longer."""
    amara, ben = two
    amara.context.set_offline(True)
    amara.write("problem", HERS)
    expect_unsaved(amara)
    amara.close_page()
    ben.write("problem", HIS).expect_saved()
    amara.context.set_offline(False)
    amara.open(document)
    ben.sees("problem", HERS)
    assert agree("problem", amara, ben) in {HERS + HIS, HIS + HERS}
    amara.expect_saved()
    assert amara.page.evaluate(COUNT_KEPT) == 0


def test_unsent_words_survive_a_night_without_the_server(
    two: tuple[Desk, Desk], server: Server, document: Document
) -> None:
    """[FE37] The page is closed, the server comes back, the page is opened again."""
    amara, ben = two
    server.kill9()
    amara.write("problem", HERS)
    expect_unsaved(amara)
    amara.close_page()
    server.start()
    amara.open(document).expect_saved()
    ben.sees("problem", HERS)
    assert content_of(document).texts["problem"].strip() == HERS


def test_signing_out_leaves_nothing_on_the_device(sit: Seat, amara: Person, document: Document) -> None:
    """[FE38] [FE69] Not from the editor, which sends the words first, but from a page that can only ask."""
    desk = sit(amara).open(document)
    desk.context.set_offline(True)
    desk.write("problem", HERS)
    expect_unsaved(desk)
    assert desk.page.evaluate(COUNT_KEPT) > 0
    desk.close_page()
    desk.context.set_offline(False)
    desk.go("board")
    assert desk.page.evaluate(COUNT_KEPT) > 0
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_text("This device keeps words that are not saved")).to_be_visible()
    assert desk.page.evaluate(COUNT_KEPT) > 0
    desk.page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_role("heading", name="Sign in")).to_be_visible()
    desk.eventually(lambda: desk.page.evaluate("() => indexedDB.databases()"), lambda found: found == [])


def test_signing_out_in_the_editor_sends_the_last_words_first(
    two: tuple[Desk, Desk], document: Document
) -> None:
    """[FE38] [FE49] Nothing typed is lost, and nothing is left."""
    amara, ben = two
    amara.write("problem", HERS)
    amara.page.get_by_role("button", name="Sign out").click()
    expect(amara.page.get_by_role("heading", name="Sign in")).to_be_visible()
    ben.sees("problem", HERS)
    amara.eventually(lambda: amara.page.evaluate("() => indexedDB.databases()"), lambda found: found == [])
