// What a section still needs, asked for when something has been saved.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { element } from "../../editor/elements";
import { openPage, setUp, tearDown } from "../../editor/testing/page";
import { FakeServer } from "../../editor/testing/socket";
import { SectionGaps } from "./section-gaps";

beforeEach(setUp);
afterEach(tearDown);

function part(): HTMLElement {
  return element(
    "div",
    { "data-section": "aim", "data-url": "/api/documents/3/gaps/", hidden: "" },
    element("span", { class: "coprod-section-gaps__count" }),
    element("ul", { class: "coprod-section-gaps__list" }),
  );
}

it("[FE99] is shown at the section and in the list once saved, and stays when it cannot be had", async () => {
  new FakeServer();
  const rail = element("span", { "data-gaps": "aim", hidden: "" });
  const root = part();
  const page = openPage("amara", rail, root);
  new SectionGaps(root);
  const answers: (string[] | null)[] = [["“To” is not answered yet.", "Row 1: no."], null, []];
  const asked = vi.fn(async () => {
    const gaps = answers.shift();
    if (!gaps) throw new Error("no network");
    return new Response(JSON.stringify({ sections: [{ key: "aim", gaps }] }));
  });
  vi.stubGlobal("fetch", asked);
  await vi.waitFor(() => expect(page.session.provider.synced).toBe(true));
  expect(asked).not.toHaveBeenCalled();
  const write = (value: string) => page.session.doc.getMap("f:aim").set("to", value);
  const patience = { timeout: 8_000, interval: 20 };
  write("3");
  await vi.waitFor(() => expect(rail.textContent).toBe("2 things missing"), patience);
  expect([root.hidden, rail.hidden]).toEqual([false, false]);
  expect([...root.querySelectorAll("li")].map((each) => each.textContent)).toEqual([
    "“To” is not answered yet.",
    "Row 1: no.",
  ]);
  write("4");
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2), patience);
  expect(rail.textContent).toBe("2 things missing");
  write("5");
  await vi.waitFor(() => expect([root.hidden, rail.hidden]).toEqual([true, true]), patience);
  expect(asked).toHaveBeenCalledTimes(3);
}, 30_000);
