// The names that come up while somebody writes @ in a box.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { element } from "../../editor/elements";
import { Mentions } from "./mentions";
import { callAt, fitting, type Name, Names } from "./names";

const NAMES: Name[] = [
  { call: "Anne Marie O'Neill", people: ["Anne Marie O'Neill"], side: null, is_side: false },
  { call: "Ben Adeyemi", people: ["Ben Adeyemi"], side: "manager", is_side: false },
  { call: "Dele Ogun", people: ["Dele Ogun"], side: null, is_side: false },
  { call: "manager", people: ["Ben Adeyemi"], side: "manager", is_side: true },
];

let asked: string[];
let said: string[];
let box: HTMLTextAreaElement;
let list: HTMLElement;

beforeEach(() => {
  asked = [];
  said = [];
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return new Response(JSON.stringify(NAMES));
  });
  box = element("textarea", { id: "box" });
  const mentions = new Mentions(box, { names: new Names(3), say: (words) => said.push(words) });
  list = mentions.root;
  document.body.replaceChildren(box, list);
  box.focus();
});
afterEach(() => vi.unstubAllGlobals());

async function write(words: string): Promise<void> {
  box.value = words;
  box.setSelectionRange(words.length, words.length);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve));
}
function press(key: string): boolean {
  return box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}
const offered = (): string[] => [...list.children].map((each) => each.firstElementChild?.textContent ?? "");
const chosen = (): string | null | undefined =>
  list.querySelector("[aria-selected=true] .coprod-mentions__call")?.textContent;

describe("a call", () => {
  it.each([
    ["@", { at: 0, said: "" }],
    ["Ask @Ben Ad", { at: 4, said: "Ben Ad" }],
    ["(@mag", { at: 1, said: "mag" }],
    ["One.\n@b", { at: 5, said: "b" }],
    ["ben@example", null],
    ["mail/@Ben", null],
    ["@Ben\n", null],
    ["@ Ben", null],
    ["@Ben, look", null],
  ])("[FE84] is seen in %j", (words, call) => expect(callAt(words, words.length)).toEqual(call));

  it("[FE84] fits who begins so, then who is called so later; sides by their own word", () => {
    const calls = (words: string) => fitting(NAMES, words).map(({ call }) => call);
    expect(calls("")).toHaveLength(4);
    expect(calls("ma")).toEqual(["manager", "Anne Marie O'Neill"]);
    expect(calls("OG")).toEqual(["Dele Ogun"]);
    expect(calls("ben adeyemi ")).toEqual([]);
  });
});

describe("the list", () => {
  it("[FE84] comes up, is narrowed and goes; the names are asked for once", async () => {
    await write("Hello");
    expect(asked).toEqual([]);
    await write("Hello @");
    expect(list.hidden).toBe(false);
    expect(offered()).toEqual(["@Anne Marie O'Neill", "@Ben Adeyemi", "@Dele Ogun", "@manager"]);
    await write("Hello @d");
    expect(offered()).toEqual(["@Dele Ogun"]);
    await write("Hello @dx");
    expect(list.hidden).toBe(true);
    expect(asked).toEqual(["/api/documents/3/names/"]);
  });

  it("[FE84] is chosen from by keys, and pointed at from the box for screen readers", async () => {
    await write("Hello @");
    expect(said).toEqual([expect.stringMatching(/^4 names\. Use the up and down arrows/)]);
    expect(box.getAttribute("aria-controls")).toBe(list.id);
    expect([press("ArrowDown"), press("ArrowDown"), press("ArrowUp")]).toEqual([false, false, false]);
    expect(chosen()).toBe("@Ben Adeyemi");
    expect(document.getElementById(box.getAttribute("aria-activedescendant") ?? "")?.textContent).toBe(
      "@Ben Adeyemi manager",
    );
    press("ArrowUp");
    press("ArrowUp");
    expect(chosen()).toBe("@manager");
    expect(press("Enter")).toBe(false);
    expect(box.value).toBe("Hello @manager ");
    expect(list.hidden).toBe(true);
    expect(box.hasAttribute("aria-activedescendant")).toBe(false);
    expect(press("Enter")).toBe(true);
  });

  it("[FE84] closes with Escape, which goes no further, and does not come back for the same @", async () => {
    const further = vi.fn();
    document.body.addEventListener("keydown", further, { once: true });
    await write("@");
    press("Escape");
    expect(list.hidden).toBe(true);
    expect(further).not.toHaveBeenCalled();
    await write("@b");
    expect(list.hidden).toBe(true);
    await write("@b, @");
    expect(list.hidden).toBe(false);
    document.body.removeEventListener("keydown", further);
  });

  it("[FE84] is chosen from by mouse or finger, in the middle of a sentence, without leaving the box", async () => {
    await write("Ask @de");
    box.value = "Ask @de about it";
    box.setSelectionRange(7, 7);
    const press = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
    expect(list.firstElementChild?.dispatchEvent(press)).toBe(false);
    list.firstElementChild?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    expect(box.value).toBe("Ask @Dele Ogun about it");
    expect(box.selectionStart).toBe("Ask @Dele Ogun".length);
    await write("@");
    box.blur();
    expect(list.hidden).toBe(true);
  });

  it("[FE84] is not there when the names cannot be had; writing goes on", async () => {
    vi.stubGlobal("fetch", async () => new Response("{}", { status: 403 }));
    await write("@b");
    expect(list.hidden).toBe(true);
    expect(box.value).toBe("@b");
  });
});
