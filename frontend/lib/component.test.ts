// How islands start.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConfigurableComponent, mount } from "./component";

class Counter extends ConfigurableComponent<{ count: number }> {
  static override moduleName = "coprod-counter";
  static defaults = { count: 1 };
  static schema = { properties: { count: { type: "number" } } };

  constructor($root: Element | null) {
    super($root);
    this.$root.textContent = String(this.config.count + 1);
  }
}

beforeEach(() => {
  document.body.className = "nhsuk-frontend-supported";
});
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

function page(...elements: [name: string, data?: Record<string, string>][]): HTMLElement[] {
  return elements.map(([name, data = {}]) => {
    const element = document.createElement("div");
    Object.assign(element.dataset, { module: name, ...data });
    element.textContent = "as served";
    return document.body.appendChild(element);
  });
}

describe("mount", () => {
  it("[FE62] loads nothing for a page without the part", async () => {
    const load = vi.fn(async () => ({ Counter }));
    page(["coprod-other"]);
    await mount({ "coprod-counter": load });
    expect(load).not.toHaveBeenCalled();
  });

  it("[FE62] starts each part once, with its settings from data attributes", async () => {
    const [one, two] = page(["coprod-counter", { count: "4" }], ["coprod-counter"]);
    const table = { "coprod-counter": async () => ({ other: 1, Counter }) };
    await mount(table);
    await mount(table);
    expect([one?.textContent, two?.textContent]).toEqual(["5", "2"]);
  });

  it("[FE62] a part that cannot load or start leaves the page as served, and the others start", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const [lost, empty, well] = page(["coprod-lost"], ["coprod-empty"], ["coprod-counter"]);
    await mount({
      "coprod-lost": () => Promise.reject(new Error("offline")),
      "coprod-empty": async () => ({}),
      "coprod-counter": async () => ({ Counter }),
    });
    expect([lost?.textContent, empty?.textContent, well?.textContent]).toEqual([
      "as served",
      "as served",
      "2",
    ]);
    expect(said).toHaveBeenCalledTimes(2);
  });
});
