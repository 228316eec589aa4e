// A table of rows, between two people and for readers.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { element } from "../../editor/elements";
import { openPage, type Page, setUp, tearDown, until } from "../../editor/testing/page";
import { FakeServer } from "../../editor/testing/socket";
import { Register } from "./register";

function part(): HTMLElement {
  const which = () => element("span", { class: "coprod-register__which" });
  const cell = (key: string, label: string, control: HTMLElement) =>
    element("td", { "data-cell": key, "data-label": label }, element("label", {}, label, which()), control);
  const choice = element(
    "select",
    {},
    element("option", { value: "" }),
    element("option", { value: "high" }, "High"),
  );
  const template = element("template");
  template.content.append(
    element(
      "tr",
      {},
      cell("who", "Who", element("textarea")),
      cell("interest", "Interest", choice),
      element("td", {}, element("button", { class: "coprod-register__remove" }, "Remove", which())),
    ),
  );
  const head = element(
    "tr",
    {},
    element("th", { "data-key": "who" }, "Who"),
    element("th", { "data-key": "interest", "data-choices": "high=High" }, "Interest"),
  );
  return element(
    "div",
    { "data-module": "coprod-register", "data-section": "people" },
    element(
      "table",
      {},
      element("thead", {}, head),
      element("tbody", {}, element("tr", {}, element("td", {}, "served"))),
    ),
    template,
    element("div", { class: "coprod-register__notice" }),
    element("p", { class: "coprod-register__full", hidden: "" }),
    element("button", { class: "coprod-register__add", hidden: "" }, "Add a row"),
  );
}

async function open(as: "amara" | "ben", data: DOMStringMap = {}): Promise<Page> {
  const root = part();
  Object.assign(root.dataset, data);
  const page = openPage(as, root);
  new Register(root);
  await until(() => page.session.provider.synced);
  return page;
}

function server(): FakeServer {
  const made = new FakeServer();
  const row = new Y.Map([
    ["id", "r1"],
    ["who", "Ward sisters"],
    ["interest", "high"],
  ]);
  made.doc.getArray("r:people").push([row]);
  return made;
}

const lines = (page: Page): string[] =>
  [...page.root.querySelectorAll<HTMLTextAreaElement>("tbody textarea")].map((box) => box.value);
const boxes = (page: Page) => [...page.root.querySelectorAll<HTMLTextAreaElement>("tbody textarea")];
const click = (page: Page, selector: string): void =>
  page.root.querySelector<HTMLButtonElement>(selector)?.click();
const notice = (page: Page): string => page.root.querySelector(".coprod-register__notice")?.textContent ?? "";

function type(box: HTMLTextAreaElement | undefined, words: string): void {
  if (!box) throw new Error("No such row.");
  box.focus();
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function paste(box: HTMLTextAreaElement | undefined, plain: string): Event {
  const event = new Event("paste", { bubbles: true, cancelable: true });
  const getData = (type: string): string => (type === "text/plain" ? plain : "");
  Object.assign(event, { clipboardData: { getData } });
  box?.focus();
  box?.dispatchEvent(event);
  return event;
}

function press(box: HTMLTextAreaElement | undefined): void {
  box?.dispatchEvent(
    new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true, cancelable: true }),
  );
}

beforeEach(setUp);
afterEach(tearDown);

describe("rows", () => {
  it("[FE46] added here appear there; two added at once are both kept", async () => {
    server();
    const [amara, ben] = [await open("amara"), await open("ben")];
    click(amara, ".coprod-register__add");
    expect(document.activeElement).toBe(boxes(amara)[1]);
    click(ben, ".coprod-register__add");
    type(boxes(amara).at(-1), "Carers' group");
    boxes(amara).at(-1)?.dispatchEvent(new Event("blur"));
    await until(() => lines(ben).length === 3 && lines(ben).includes("Carers' group"));
    expect(lines(amara)).toEqual(lines(ben));
  });

  it("[FE46] each control is named by its column and row", async () => {
    server();
    const amara = await open("amara");
    const [box] = boxes(amara);
    const label = amara.root.querySelector<HTMLLabelElement>(`label[for="${box?.id}"]`);
    expect(label?.textContent).toBe("Who, row 1");
    expect(amara.root.querySelector(".coprod-register__remove")?.textContent).toBe("Remove, row 1");
  });

  it("[FE46] removed can be put back", async () => {
    server();
    const [amara, ben] = [await open("amara"), await open("ben")];
    click(amara, ".coprod-register__remove");
    await until(() => lines(ben).length === 0);
    expect(notice(amara)).toContain("Row removed.");
    expect(document.activeElement?.textContent).toBe("Put it back");
    click(amara, ".coprod-register__back");
    await until(() => lines(ben)[0] === "Ward sisters");
    expect(ben.root.querySelector("select")?.value).toBe("high");
    expect(notice(amara)).toBe("");
  });

  it("[FE46] a row one writes in is never drawn again, whatever comes and goes around it", async () => {
    server();
    const [amara, ben] = [await open("amara"), await open("ben")];
    const [box] = boxes(amara);
    type(box, "Ward sisters and");
    ben.session.doc.getArray("r:people").insert(0, [new Y.Map([["id", "r0"]])]);
    await until(() => lines(amara).length === 2);
    expect(boxes(amara)[1]).toBe(box);
    expect(document.activeElement).toBe(box);
    expect(box?.value).toBe("Ward sisters and");
  });

  it("[FE46] words typed in a row that somebody else removed are offered back", async () => {
    server();
    const [amara, ben] = [await open("amara"), await open("ben")];
    type(boxes(amara)[0], "Ward sisters, who worry");
    click(ben, ".coprod-register__remove");
    await until(() => notice(amara).includes("You had: Ward sisters, who worry."));
    click(amara, ".coprod-register__back");
    await until(() => lines(ben)[0] === "Ward sisters, who worry");
  });

  it("[FE46] readers see a plain table that changes as others write", async () => {
    const made = server();
    made.mode = "read";
    const root = part();
    root.querySelector("template")?.remove();
    const page = openPage("ben", root);
    new Register(root);
    await until(() => page.session.provider.synced);
    expect([...root.querySelectorAll("tbody td")].map((each) => each.textContent)).toEqual([
      "Ward sisters",
      "High",
    ]);
    expect(root.querySelector<HTMLElement>(".coprod-register__add")?.hidden).toBe(true);
  });

  it("[FE96] words sent long since in a row that somebody removes are offered back too, and stay on offer", async () => {
    server();
    const [amara, ben] = [await open("amara"), await open("ben")];
    type(boxes(amara)[0], "Night sisters");
    boxes(amara)[0]?.dispatchEvent(new Event("blur"));
    await until(() => lines(ben)[0] === "Night sisters");
    document.body.tabIndex = -1;
    document.body.focus();
    boxes(amara)[0]?.blur();
    click(ben, ".coprod-register__remove");
    await until(() =>
      notice(amara).includes("Somebody removed a row you had written in. You had: Night sisters."),
    );
    expect(amara.root.contains(document.activeElement)).toBe(false);
    click(amara, ".coprod-register__add");
    click(amara, ".coprod-register__remove");
    expect(notice(amara)).toContain("Row removed.");
    expect(notice(amara)).toContain("Night sisters");
  });

  it("[FE97] a full table takes no row more and says why", async () => {
    server();
    const amara = await open("amara", { most: "2" });
    const full = () => amara.root.querySelector<HTMLElement>(".coprod-register__full")?.hidden;
    expect(full()).toBe(true);
    click(amara, ".coprod-register__add");
    expect(full()).toBe(false);
    click(amara, ".coprod-register__add");
    expect(lines(amara).length).toBe(2);
    click(amara, ".coprod-register__remove");
    const back = [...amara.root.querySelectorAll("button")].find(
      (each) => each.textContent === "Put it back",
    );
    click(amara, ".coprod-register__add");
    back?.click();
    expect(notice(amara)).toContain("The table is full: it can have 2 rows.");
    expect(lines(amara).length).toBe(2);
  });

  it("[FE92] pasted cells are shown, said, sent and taken back by Ctrl+Z, until something is typed", async () => {
    server();
    const [amara, ben] = [await open("amara"), await open("ben")];
    paste(boxes(amara)[0], "Porters\tHigh\r\nPharmacy\thigh\r\n");
    expect(lines(amara)).toEqual(["Porters", "Pharmacy"]);
    expect(notice(amara)).toContain("Pasted 2 rows of 2 cells. 1 row added.");
    await until(() => lines(ben).join() === "Porters,Pharmacy");
    press(boxes(amara)[0]);
    await until(() => lines(ben).join() === "Ward sisters");
    expect(notice(amara)).toBe("Taken back.");
    paste(boxes(amara)[0], "Porters\tHigh");
    type(boxes(amara)[0], "Porters, too");
    press(boxes(amara)[0]);
    expect(lines(amara)).toEqual(["Porters, too"]);
  });

  it("[FE93] what does not fit is refused in words; words that are no table go into the cell", async () => {
    server();
    const amara = await open("amara");
    expect(paste(boxes(amara)[0], "Porters\tso so").defaultPrevented).toBe(true);
    expect(notice(amara)).toContain("which is not one of “High”. Nothing was pasted.");
    expect(lines(amara)).toEqual(["Ward sisters"]);
    expect(paste(boxes(amara)[0], "only words").defaultPrevented).toBe(false);
  });
});
