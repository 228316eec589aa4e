// The toolbar and its line for links, with a real section.

import { TextSelection } from "prosemirror-state";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Section } from "../../editor/section";
import { stubLayout } from "../../editor/testing/page";
import { completed } from "./link-form";
import { Toolbar } from "./toolbar";

let section: Section;
let toolbar: Toolbar;

function make(words = "Going home the same day"): void {
  const doc = new Y.Doc();
  const text = doc.getText("t:aim");
  text.insert(0, `\n${words}`);
  const host = document.createElement("div");
  document.body.append(host);
  section = new Section(host, {
    key: "aim",
    title: "The aim",
    text,
    awareness: new Awareness(doc),
    editable: true,
    describedBy: "hint-aim help-aim",
    askForLink: () => {
      toolbar.askForLink();
      return true;
    },
  });
  toolbar = new Toolbar(section);
  host.append(toolbar.root);
}

const button = (name: string): HTMLButtonElement => {
  const all = [...toolbar.root.querySelectorAll<HTMLButtonElement>("[role=toolbar] button")];
  return all.find((each) => each.getAttribute("aria-label")?.startsWith(name)) as HTMLButtonElement;
};
const press = (key: string): void =>
  void document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
const select = (from: number, to: number): void =>
  section.view.dispatch(
    section.view.state.tr.setSelection(TextSelection.create(section.view.state.doc, from, to)),
  );
const form = (): HTMLFormElement => toolbar.root.querySelector("form") as HTMLFormElement;
const save = (): void => void form().dispatchEvent(new SubmitEvent("submit", { cancelable: true }));
const input = (): HTMLInputElement => toolbar.root.querySelector("input") as HTMLInputElement;

beforeEach(() => {
  stubLayout();
  make();
});
afterEach(() => {
  section.destroy();
  document.body.replaceChildren();
});

describe("a section", () => {
  it("[FE40] is a textbox named by its heading, described by its question, and not for translation", () => {
    const area = section.view.dom;
    expect(Object.fromEntries([...area.attributes].map(({ name, value }) => [name, value]))).toMatchObject({
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": "h-aim",
      "aria-describedby": "hint-aim help-aim",
      translate: "no",
      spellcheck: "true",
      contenteditable: "true",
    });
  });

  it("[FE40] invites to write where nothing is, but not those who only read", () => {
    section.destroy();
    make("");
    const invitation = () => section.view.dom.firstElementChild?.getAttribute("data-placeholder");
    expect(invitation()).toBe("Start writing here");
    section.editable = false;
    expect(invitation()).toBe("Nothing written yet");
    expect(section.view.dom.getAttribute("contenteditable")).toBe("false");
    expect(section.view.dom.getAttribute("aria-readonly")).toBe("true");
    expect(toolbar.root.hidden).toBe(true);
    expect(section.text).toBe("");
  });
});

describe("the toolbar", () => {
  it("[FE41] is one stop for Tab; arrows, Home and End move within, Escape returns to the text", () => {
    const stops = () => [...toolbar.root.querySelectorAll("[role=toolbar] [tabindex='0']")];
    expect(stops()).toEqual([button("Heading")]);
    button("Heading").focus();
    press("ArrowRight");
    expect(document.activeElement).toBe(button("Smaller heading"));
    press("End");
    expect(document.activeElement).toBe(button("Redo"));
    press("ArrowRight");
    expect(document.activeElement).toBe(button("Heading"));
    press("ArrowLeft");
    press("Home");
    expect(stops()).toEqual([button("Heading")]);
    press("Escape");
    expect(document.activeElement).toBe(section.view.dom);
  });

  it("[FE41] the name of each button starts with what is written on it", () => {
    for (const each of toolbar.root.querySelectorAll("[role=toolbar] button")) {
      expect(
        each
          .getAttribute("aria-label")
          ?.startsWith(each.querySelector(".coprod-toolbar__label")?.textContent ?? "?"),
      ).toBe(true);
    }
  });

  it("[FE41] does what it says, shows what is on, and takes it back", () => {
    button("Bullets").click();
    expect(button("Bullets").getAttribute("aria-pressed")).toBe("true");
    expect(section.view.dom.querySelector("[data-list=bullet]")?.textContent).toContain("Going home");
    expect(button("Outdent").getAttribute("aria-disabled")).toBe("true");
    button("Indent").click();
    expect(section.view.dom.querySelector("[data-indent='1']")).not.toBe(null);
    expect(button("Redo").getAttribute("aria-disabled")).toBe("true");
    button("Undo").click();
    expect(section.view.dom.querySelector("[data-list]")).toBe(null);
    expect(button("Redo").getAttribute("aria-disabled")).toBe("false");
    expect(section.text).toBe("Going home the same day");
  });
});

describe("the line for a link", () => {
  it("[FE42] links the selected words to a whole address", () => {
    select(1, 11);
    button("Link").click();
    expect(document.activeElement).toBe(input());
    input().value = "www.nhs.uk/frailty";
    save();
    const link = section.view.dom.querySelector("a");
    expect([link?.textContent, link?.getAttribute("href")]).toEqual([
      "Going home",
      "https://www.nhs.uk/frailty",
    ]);
    expect(form().hidden).toBe(true);
  });

  it("[FE42] refuses other addresses in words, and Escape leaves everything as it was", () => {
    select(1, 11);
    button("Link").click();
    input().value = "javascript:alert(1)";
    save();
    expect(form().querySelector("[role=alert]")?.textContent).toContain("https://");
    expect(input().getAttribute("aria-invalid")).toBe("true");
    press("Escape");
    expect(form().hidden).toBe(true);
    expect(section.view.dom.querySelector("a")).toBe(null);
  });

  it("[FE42] shows the address of a link and takes the link away", () => {
    select(1, 11);
    button("Link").click();
    input().value = "team@marlbeck.example";
    save();
    select(3, 3);
    button("Link").click();
    expect(input().value).toBe("mailto:team@marlbeck.example");
    input().value = "";
    save();
    expect(section.view.dom.querySelector("a")).toBe(null);
  });

  it("[FE42] completes what people type", () => {
    expect(["nhs.uk", " https://a.uk ", "me@b.uk", "mailto:me@b.uk", ""].map(completed)).toEqual([
      "https://nhs.uk",
      "https://a.uk",
      "mailto:me@b.uk",
      "mailto:me@b.uk",
      "",
    ]);
  });
});
