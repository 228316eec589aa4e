// Paste from Word, Outlook, Word for the web and plain text, through the editor's own clipboard.
import { describe, expect, it, vi } from "vitest";
import * as commands from "./commands";
import OUTLOOK_MAIL from "./fixtures/outlook-mail.html?raw";
import WORD_LIST from "./fixtures/word-list.html?raw";
import WORD_WEB from "./fixtures/word-web.html?raw";
import { type Person, people, seed } from "./testing/people";
import { undo } from "./undo";

const SOURCES = import.meta.glob<string>("./*.ts", { query: "?raw", import: "default", eager: true });

interface Piece {
  insert: string;
  attributes?: Record<string, unknown>;
}

/** The blocks of the text, one per line, with their kind in front and their marks around the words. */
function lines({ text }: Person): string[] {
  const pieces = text.toDelta() as Piece[];
  const shown = pieces.map((piece) => (piece.insert.includes("\n") ? opening(piece) : words(piece)));
  return shown.join("").split("\n").slice(1);
}

function opening({ insert, attributes = {} }: Piece): string {
  const kind = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  return kind.length > 0 ? `${insert}{${kind.join(" ")}}` : insert;
}

function words({ insert, attributes = {} }: Piece): string {
  const { strong, em, link } = attributes;
  const slanted = em ? `/${insert}/` : insert;
  const bold = strong ? `*${slanted}*` : slanted;
  return link ? `[${bold}](${(link as { href: string }).href})` : bold;
}

vi.stubGlobal("ClipboardEvent", Event); // jsdom has none

function paste(html: string, into = seed(), caret = 1): Person {
  const [amara] = people(1, into) as [Person];
  amara.select(caret).view.pasteHTML(html);
  expect(amara.agrees).toBe(true);
  return amara;
}

describe("[FE16] paste from Word and Outlook", () => {
  it("Word: headings, lists with levels, numbers, marks, links, tables as lines; no hidden or struck-out words", () => {
    expect(lines(paste(WORD_LIST))).toEqual([
      "{h=3}Weekend emergency theatre",
      "Patients wait *31 hours* on average; the trust’s own audit says “too long”.",
      "{list=bullet}Second on-call team",
      "{list=bullet indent=1}Two registrars, /not/ one",
      "{list=number}Agree the [rota](https://intranet.example.nhs.uk/rota%20plan)",
      "{list=number indent=1}Ask theatres",
      "Costs: £610k a year",
      "*Option* | *Cost*",
      "Do nothing | £0 (but harm)",
      "{quote=true}We cannot wait.",
    ]);
  });

  it("Outlook: layout tables, real lists nested in both ways, wrapped links, quoted mail; nothing that runs", () => {
    expect(lines(paste(OUTLOOK_MAIL))).toEqual([
      "Dear Ben,",
      "*Please read* the [GIRFT report](https://www.england.nhs.uk/girft/), and not this.",
      "{list=bullet}Beds",
      "{list=bullet indent=1}Ward 7",
      "{list=bullet}Staff and rota",
      "{list=number indent=1}Nurses",
      "Regards",
      "*Amara*",
      "{quote=true}On Monday Mags wrote:",
    ]);
  });

  it("Word for the web: headings and levels told beside the words", () => {
    expect(lines(paste(WORD_WEB))).toEqual([
      "{h=3}Measures",
      "{list=bullet}Waiting /time/",
      "{list=bullet indent=1}Median",
      "{list=number}Harm",
      "Plain from elsewhere, *bold*",
    ]);
  });

  it("leaves no style, class or handler in the page", () => {
    const page = paste(WORD_LIST + OUTLOOK_MAIL).view.dom;
    expect(page.querySelector("[style], script, img, [onclick]")).toBeNull();
    const classes = [...page.querySelectorAll("[class]")].map((element) => element.className);
    expect(new Set(classes)).toEqual(new Set(["coprod-block", "nhsuk-link"]));
  });
});

it("[FE16] leaves out the signs without width that other programs put between words", () => {
  expect(lines(paste("<p>wo\u2060rd\u200b join\ufeffer</p>"))).toEqual(["word joiner"]);
  const [ben] = people(1) as [Person];
  ben.view.pasteText("one\u2060 two\u200b\n\u2060");
  expect(lines(ben)).toEqual(["one two"]);
});

describe("[FE17] where pasted words go", () => {
  it("one line goes into the line of the caret, which keeps its kind", () => {
    const [amara] = people(1, seed("\nA  idea")) as [Person];
    amara.do(commands.toggleList("bullet")).select(3).view.pasteHTML("<p>very <b>good</b></p>");
    expect(lines(amara)).toEqual(["{list=bullet}A very *good* idea"]);
    expect(amara.view.state.selection.head).toBe(12);
  });

  it("several lines split the paragraph, and its end follows the last of them", () => {
    expect(lines(paste("<p>one</p><p>two</p>", seed("\nstart end"), 7))).toEqual(["start one", "twoend"]);
  });

  it("a list pasted behind words starts on its own line", () => {
    const list = "<ul><li>one</li><li>two</li></ul>";
    expect(lines(paste(list, seed("\nstart"), 6))).toEqual(["start", "{list=bullet}one", "{list=bullet}two"]);
  });

  it("takes the place of what is selected, and is undone in one go", () => {
    const [amara] = people(1, seed("\nold words")) as [Person];
    amara.do(commands.selectAll).view.pasteHTML("<h2>New</h2><p>words</p>");
    expect(lines(amara)).toEqual(["{h=3}New", "words"]);
    amara.do(undo);
    expect(lines(amara)).toEqual(["old words"]);
  });

  it("writes only what was pasted: words of others beside it are not touched", () => {
    const [amara] = people(1, seed("\nleft right")) as [Person];
    const items = amara.text._start?.id;
    amara.select(6).view.pasteHTML("<p>a</p><p>b</p>");
    expect(amara.text._start?.id).toEqual(items);
    expect(amara.text.toString()).toBe("\nleft a\nbright");
  });
});

describe("[FE18] plain text", () => {
  it("has a block for every line, bullets become lists, an address alone becomes a link", () => {
    const [amara] = people(1) as [Person];
    amara.view.pasteText("First line\r\nSecond\tline\n\n• a point\n  ▪ another");
    expect(lines(amara)).toEqual([
      "First line",
      "Second line",
      "{list=bullet}a point",
      "{list=bullet}another",
    ]);
    const [ben] = people(1) as [Person];
    ben.view.pasteText("https://www.england.nhs.uk/girft/");
    expect(lines(ben)).toEqual(["[https://www.england.nhs.uk/girft/](https://www.england.nhs.uk/girft/)"]);
  });

  it("is what a copy holds for other programs, one line per block", () => {
    const [amara] = people(1, seed("\nOne\nTwo")) as [Person];
    amara.select(7).do(commands.toggleList("bullet")).do(commands.selectAll);
    const { text } = amara.view.serializeForClipboard(amara.view.state.selection.content());
    expect(text).toBe("One\n• Two");
  });
});

it("[FE16] a copy from our own editor arrives as it was, spaces and all", () => {
  const [amara, ben] = people(2, seed("\nOne\nTwo  spaces")) as [Person, Person];
  amara
    .select(2)
    .do(commands.toggleHeading(4))
    .select(7)
    .do(commands.toggleList("number"))
    .do(commands.indent(1));
  amara.select(6, 9).do(commands.toggleStrong).do(commands.selectAll);
  const { dom } = amara.view.serializeForClipboard(amara.view.state.selection.content());
  ben.do(commands.selectAll).view.pasteHTML(dom.innerHTML);
  expect(lines(ben)).toEqual(["{h=4}One", "{list=number indent=1}*Two*  spaces"]);
});

it("[FE19] paste uses ProseMirror's own Trusted Types policy and no other way into the page", () => {
  const policies: string[] = [];
  const createPolicy = (name: string, rules: object) => {
    policies.push(name);
    return rules;
  };
  vi.stubGlobal("trustedTypes", { createPolicy });
  paste("<p>words</p>");
  expect(policies).toEqual(["ProseMirrorClipboard"]);
  const ours = Object.entries(SOURCES).filter(([name]) => !name.endsWith(".test.ts"));
  expect(ours.length).toBeGreaterThan(10);
  for (const [name, source] of ours) {
    expect(source, name).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|parseFromString/);
  }
});
