// Earlier proposals beside a title that is being typed.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Similar } from "./similar";

const EARLIER = {
  reference: "MB-2025-004",
  title: "Fewer falls <b>",
  stands: "Declined on 3 May 2026",
  url: "/proposals/MB-2025-004/",
};

function started(): { field: HTMLInputElement; root: HTMLElement } {
  document.body.innerHTML =
    '<input id="id_title"><div data-field="id_title" data-address="/api/similar-proposals/">' +
    '<div role="status" data-status></div><ul hidden></ul></div>';
  const root = document.body.querySelector("div") as HTMLElement;
  new Similar(root);
  return { field: document.body.querySelector("input") as HTMLInputElement, root };
}

async function type(field: HTMLInputElement, value: string): Promise<void> {
  field.value = value;
  field.dispatchEvent(new Event("input"));
  await vi.runAllTimersAsync();
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.className = "nhsuk-frontend-supported";
});

describe("Similar", () => {
  it("[WF76] lists what is like the title, with what became of it, once the typing rests", async () => {
    const fetch = vi.fn(async (_address: string) => Response.json([EARLIER]));
    vi.stubGlobal("fetch", fetch);
    const { field, root } = started();
    field.value = "Fewer";
    field.dispatchEvent(new Event("input"));
    await type(field, "Fewer falls & more");
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(fetch.mock.calls[0]?.[0]).toBe("/api/similar-proposals/?words=Fewer+falls+%26+more");
    expect(root.querySelector("a")?.getAttribute("href")).toBe(EARLIER.url);
    expect(root.querySelector("li")?.textContent).toContain("Fewer falls <b>");
    expect(root.querySelector("li")?.textContent).toContain("Declined on 3 May 2026");
    expect(root.querySelector("[data-status]")?.textContent).toBe("One earlier proposal is like it:");
    await type(field, "Few");
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(root.querySelector("ul")?.hidden).toBe(true);
    expect(root.querySelector("[data-status]")?.textContent).toBe("");
  });

  it("[WF76] leaves what is shown when nobody answers, or somebody types on", async () => {
    const answers = [async () => Response.json([EARLIER, EARLIER]), async () => Response.error()];
    vi.stubGlobal("fetch", () => answers.shift()?.());
    const { field, root } = started();
    await type(field, "Fewer falls");
    await type(field, "Fewer falls at night");
    expect(root.querySelectorAll("li")).toHaveLength(2);
    expect(root.querySelector("[data-status]")?.textContent).toBe("2 earlier proposals are like it:");
  });
});
