"""What typing feels like beside comments: two in real browsers, on a text without any and with many."""

import math
import os
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.load.servers import served

MANY = 500
KEYS, PAUSE_MS, WARM_UP = 80, 60, 10
SECTION = "problem"
# A letter that the text has nowhere else, so that each can be counted.
SIGN = "z"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    # Both pages are looked at, though only one window is in front.
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
# A frame has been drawn when the task after its callback runs.
TIME_KEYS = """() => {
  window.typed = [];
  addEventListener("keydown", ({ timeStamp }) => {
    const channel = new MessageChannel();
    requestAnimationFrame(() => {
      const pressed = performance.timeOrigin + timeStamp;
      channel.port1.onmessage = () => typed.push([pressed, performance.now() - timeStamp]);
      channel.port2.postMessage(0);
    });
  }, true);
}"""
TIME_TEXT = """(area) => {
  window.seen = [];
  new MutationObserver(() => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    const many = area.textContent.split("z").length - 1;
    channel.port1.onmessage = () => seen.push([performance.timeOrigin + performance.now(), many]);
    channel.port2.postMessage(0);
  })).observe(area, { subtree: true, childList: true, characterData: true });
}"""


class Felt(NamedTuple):
    """Milliseconds from a key to the letter on one's own screen, and on the other's; CPU of one's page."""

    own: float
    own_slow: float
    other: float
    other_slow: float
    cpu: float


def measured() -> tuple[Felt, Felt]:
    """Without threads, and with many, one after the other on the same server."""
    path = shutil.which("chromium")
    if path is None:
        raise RuntimeError("Chromium is not installed. On Debian: apt-get install chromium")
    # The loop that Playwright keeps running in this thread is not one that waits for our database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory() as folder:
        process, origin, told = served(Path(folder), "tests.load.margins", MANY)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
                without, beside = (felt(browser, origin, told, at=at) for at in told["references"])
                browser.close()
        except Error as trouble:
            first = str(trouble).splitlines()[0]
            raise RuntimeError(f"A page in Chromium did not do what it was asked ({first})") from trouble
        finally:
            process.kill()
            process.wait()
    return without, beside


def felt(browser: Browser, origin: str, told: dict[str, list[str]], *, at: str) -> Felt:
    """One types at the end of a section, the other has it in front of them."""
    writer, reader = (opened(browser, origin, cookie, at=at) for cookie in told["cookies"])
    area = f"#s-{SECTION} .coprod-editor__area"
    writer.locator(area).click()
    writer.keyboard.press("Control+End")
    reader.locator(area).evaluate("area => area.scrollIntoView()")
    reader.locator(area).evaluate(TIME_TEXT)
    writer.evaluate(TIME_KEYS)
    before = spent(writer)
    for _ in range(KEYS):
        writer.keyboard.press(SIGN)
        writer.wait_for_timeout(PAUSE_MS)
    for _ in range(200):
        # The page's policy forbids what Playwright would wait with.
        if (reader.evaluate("seen.at(-1)?.[1]") or 0) >= KEYS:
            break
        reader.wait_for_timeout(50)
    cpu = (spent(writer) - before) * 1000 / KEYS
    found = result(writer.evaluate("typed"), reader.evaluate("seen"), cpu)
    writer.context.close()
    reader.context.close()
    return found


def opened(browser: Browser, origin: str, cookie: str, *, at: str) -> Page:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    name, _, value = cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": origin}])
    page = context.new_page()
    page.goto(f"{origin}/proposals/{at}/concept/")
    page.locator(".coprod-editor__area").first.wait_for()
    page.locator(".coprod-saved-state__label", has_text="Saved").wait_for()
    page.wait_for_timeout(4_000)
    return page


def spent(page: Page) -> float:
    """Seconds of CPU that the page's process has used so far: what a busy machine does not change."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    metrics = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    return float(next(each["value"] for each in metrics if each["name"] == "ProcessTime"))


def result(typed: list[tuple[float, float]], seen: list[tuple[float, int]], cpu: float) -> Felt:
    """The first keys warm the pages up and do not count."""
    came = max((many for _, many in seen), default=0)
    for many, where in ((len(typed), "the typist's own screen"), (came, "the other's screen")):
        if many < KEYS:
            raise RuntimeError(f"Of {KEYS} letters only {many} came to {where} within ten seconds.")
    own = [wait for _, wait in typed][WARM_UP:]
    other = [
        next((at for at, many in seen if many > nth), math.nan) - pressed
        for nth, (pressed, _) in enumerate(typed)
    ][WARM_UP:]
    return Felt(statistics.median(own), slow(own), statistics.median(other), slow(other), cpu)


def slow(waits: list[float]) -> float:
    """One key in twenty waits longer."""
    return statistics.quantiles(waits, n=20)[-1]
