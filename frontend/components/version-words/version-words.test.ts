// Selecting words of a frozen text, and marking those with comments.
import { beforeEach, describe, expect, it } from "vitest";
import { find, near } from "./find";
import { VersionWords } from "./version-words";

const TEXT = [
  "<div data-part='aim'><h2>The aim</h2>\n<p>Older people <strong>wait</strong> too long.</p>\n<p>They wait too  long.</p></div>",
  "<div data-part='case'><p>Other words.</p></div>",
];
let root: HTMLElement;

beforeEach(() => {
  document.body.className = "nhsuk-frontend-supported";
  const parsed = new DOMParser().parseFromString(
    `<article data-module="coprod-version-words" data-can-comment="true">${TEXT.join("")}</article>
     <section id="say"><form><select name="section"><option value="aim"></option><option value="case"></option></select>
     <textarea name="words"></textarea><input name="before"><input name="behind"><textarea name="body"></textarea></form></section>`,
    "text/html",
  );
  document.body.replaceChildren(...parsed.body.children);
  root = document.querySelector("article") as HTMLElement;
});

function select(start: Node, from: number, end: Node, to: number): Selection {
  const selection = getSelection() as Selection;
  selection.setBaseAndExtent(start, from, end, to);
  document.dispatchEvent(new Event("selectionchange"));
  return selection;
}
const words = (css: string): Node => (document.querySelector(css) as Element).firstChild as Node;
const field = (name: string): string =>
  document.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? "";

describe("selected words", () => {
  it("[FE85] are told with what stands beside them", () => {
    const selection = select(words("strong"), 0, words("[data-part=aim] p + p"), 4);
    expect(near(root, selection)).toEqual({
      part: "aim",
      exact: expect.stringMatching(/^wait too long\.\s?They$/),
      prefix: "The aim Older people ",
      suffix: " wait too long.",
    });
  });

  it("[FE85] belong to one section; none are selected elsewhere", () => {
    expect(near(root, select(words("strong"), 0, words("[data-part=case] p"), 3))).toBe(null);
    expect(near(root, select(words("strong"), 1, words("strong"), 1))).toBe(null);
  });

  it("[FE85] go into the form by button or key, and the focus to the box", () => {
    new VersionWords(root);
    const bar = root.querySelector<HTMLElement>(".coprod-version-words__bar");
    expect(bar?.hidden).toBe(true);
    select(words("[data-part=case] p"), 0, words("[data-part=case] p"), 5);
    expect(bar?.hidden).toBe(false);
    bar?.querySelector("button")?.click();
    expect([field("section"), field("words"), field("behind")]).toEqual(["case", "Other", " words."]);
    expect(document.activeElement?.getAttribute("name")).toBe("body");
    expect(bar?.hidden).toBe(true);
    select(words("strong"), 0, words("strong"), 4);
    const key = { code: "KeyM", ctrlKey: true, altKey: true, bubbles: true, cancelable: true };
    document.dispatchEvent(new KeyboardEvent("keydown", key));
    expect([field("section"), field("words")]).toEqual(["aim", "wait"]);
  });
});

describe("words with comments", () => {
  const part = (): Element => root.querySelector("[data-part=aim]") as Element;

  it("[FE85] are found across the parts of a line, whatever the white space", () => {
    expect(find(part(), "people wait  too", {})?.toString()).toBe("people wait too");
    expect(find(part(), "wait too long", { prefix: "They " })?.toString()).toBe("wait too  long");
    expect(find(part(), "wait too long", { prefix: "Older people " })?.toString()).toBe("wait too long");
  });

  it("[FE85] are not marked where they may be others", () => {
    expect(find(part(), "too long", {})).toBe(null);
    expect(find(part(), "nowhere", {})).toBe(null);
  });
});
