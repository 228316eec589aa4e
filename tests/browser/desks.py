"""A person at a desk: a browser of their own, signed in, with the editor page in front of them."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Locator, expect

from proposals.portfolio.models import Document
from tests.people import as_
from tests.protocol.server import Server
from workspaces.models import Person

# What a browser says when the network is gone; everything else it says is a fault of ours.
NO_NETWORK = re.compile(r"net::ERR_|WebSocket connection to ")
PATIENCE = 20.0
BLOCKS = """area => [...area.children].map((block) => {
  const words = block.cloneNode(true);
  for (const caret of words.querySelectorAll(".coprod-caret")) caret.remove();
  const { list, indent } = block.dataset;
  return { kind: list ? `${list} ${indent}` : block.localName, words: words.textContent };
})"""
TELL = """addEventListener("securitypolicyviolation", ({ effectiveDirective, sample }) =>
  console.error(`Content Security Policy: ${effectiveDirective} ${sample}`))"""
PASTE = """(area, { html, plain }) => {
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", plain);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

expect.set_options(timeout=PATIENCE * 1000)


class Desk:
    """Somebody's browser. Sections are named by their key, such as `problem`."""

    def __init__(self, browser: Browser, server: Server, person: Person | None, **options: Any) -> None:
        self.server = server
        self.complaints: list[str] = []
        self.context = browser.new_context(
            base_url=server.address,
            viewport=options.pop("viewport", {"width": 1280, "height": 900}),
            **options,
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.context.add_init_script(TELL)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        if person is not None:
            self._sign_in(person)
        self.page = self.context.new_page()

    def _sign_in(self, person: Person) -> None:
        cookie = as_(person).cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.server.address}])

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not NO_NETWORK.search(message.text):
            self.complaints.append(message.text)

    def forgive(self, words: str) -> "Desk":
        """Pass over a complaint that the test has brought about."""
        self.complaints = [each for each in self.complaints if words not in each]
        return self

    def leave(self) -> None:
        self.context.close()

    def close_page(self) -> None:
        """Close the tab; the browser, and what it keeps, stays."""
        self.page.close()
        self.page = self.context.new_page()

    def go(self, name: str, *args: object) -> "Desk":
        """Open a page by the name of its address."""
        self.page.goto(reverse(name, args=args))
        return self

    def open(self, document: Document) -> "Desk":
        """The editor, ready to write in or to read live."""
        self.go("editor", document.proposal.reference, document.stage)
        expect(self.page.locator(".coprod-editor__area").first).to_be_visible()
        return self

    # -- the text ------------------------------------------------------------------------------------
    def section(self, key: str) -> Locator:
        return self.page.locator(f"#s-{key}")

    def area(self, key: str) -> Locator:
        return self.section(key).locator(".coprod-editor__area")

    def blocks(self, key: str) -> list[tuple[str, str]]:
        """What a section holds: (kind, words) of each block, without other people's carets."""
        return [(block["kind"], block["words"]) for block in self.area(key).evaluate(BLOCKS)]

    def text(self, key: str) -> str:
        """The words of a section, a line for each block."""
        return "\n".join(words for _, words in self.blocks(key))

    def enter(self, key: str) -> "Desk":
        """Put the caret behind the last word of a section."""
        self.area(key).click()
        self.page.keyboard.press("Control+End")
        return self

    def type(self, words: str) -> "Desk":
        self.page.keyboard.type(words)
        return self

    def press(self, *keys: str) -> "Desk":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, key: str, words: str) -> "Desk":
        return self.enter(key).type(words)

    def paste(self, key: str, plain: str, *, html: str = "") -> "Desk":
        self.enter(key)
        self.area(key).evaluate(PASTE, {"html": html, "plain": plain})
        return self

    def tool(self, key: str, name: str) -> Locator:
        """A button of a section's toolbar, by the word on it."""
        return self.section(key).get_by_role("button", name=re.compile(f"^{name}($| \\()"))

    def sees(self, key: str, words: str) -> None:
        self.eventually(lambda: self.text(key), lambda text: words in text)

    # -- what stands around it -----------------------------------------------------------------------
    @property
    def saved(self) -> Locator:
        return self.page.locator(".coprod-saved-state__label")

    def expect_saved(self) -> "Desk":
        expect(self.saved).to_have_text("Saved")
        return self

    def eventually(self, look: Callable[[], Any], good: Callable[[Any], bool]) -> None:
        """Look again and again until it is good; the failure shows what was seen last."""
        last = look()
        for _ in range(int(PATIENCE * 20)):
            if good(last):
                return
            self.page.wait_for_timeout(50)
            last = look()
        raise AssertionError(f"Waited {PATIENCE} seconds; in the end this was there: {last!r}")


def together(*hands: tuple[Desk, str], after: Callable[[int], None] = lambda letter: None) -> None:
    """All type at once, letter by letter in turn; `after` is called with the number of each round."""
    longest = max(len(words) for _, words in hands)
    for letter in range(longest):
        for desk, words in hands:
            if letter < len(words):
                desk.type(words[letter])
        after(letter)


def agree(key: str, *desks: Desk) -> str:
    """Wait until everybody sees the same text in a section, and return it."""
    first = desks[0]
    first.eventually(lambda: [desk.text(key) for desk in desks], lambda texts: len(set(texts)) == 1)
    return first.text(key)
