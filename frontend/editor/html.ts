// HTML of other programs, above all Word and Outlook, read as blocks of our own. Only words, kinds and links come in.
import { Fragment, type Mark, type Node } from "prosemirror-model";
import { type BlockKind, blockKind, PLAIN, safeAddress, schema } from "./schema";
import { isListMark, isOutside, listMark, styleOf, wordKind } from "./wordhtml";

/** What an element passes on to what is inside it. */
interface Around {
  kind: BlockKind;
  marks: readonly Mark[];
  depth: number;
  preformatted: boolean;
}

const ELEMENT = 1;
const TEXT = 3;
const BLOCKS = new Set(
  "address article aside blockquote caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
const GAPS = /[\s\u00a0]+/g;
/** Signs without width that programs leave between words: nobody sees them, and every search stumbles over them. */
export const UNSEEN = /[\u200b\u2060\ufeff]/g;

/** The blocks an HTML fragment stands for. Empty paragraphs, which Word uses as space, are left out. */
export function blocksFromHTML(root: globalThis.Node, keepSpaces = false): Node[] {
  const reader = new Reader(keepSpaces);
  reader.inside(root, { kind: PLAIN, marks: [], depth: 0, preformatted: false });
  return reader.close();
}

class Reader {
  readonly #blocks: Node[] = [];
  #kind: BlockKind = PLAIN;
  #words: readonly Node[] = [];

  constructor(readonly keepSpaces: boolean) {}

  /** Ends the block that is being read; the blocks so far. */
  close(): Node[] {
    const words = this.#trimmed();
    if (words.length > 0) this.#blocks.push(schema.node("block", this.#kind, words));
    this.#words = [];
    return this.#blocks;
  }

  inside(parent: globalThis.Node, around: Around): void {
    let ignored = false; // between Word's comments about bullets for programs without lists
    for (const child of parent.childNodes) {
      ignored = listMark(child) ?? ignored;
      if (ignored) continue;
      if (child.nodeType === TEXT) this.#text(child.nodeValue ?? "", around);
      else if (child.nodeType === ELEMENT) this.#element(child as HTMLElement, around);
    }
  }

  #element(element: HTMLElement, around: Around): void {
    const name = element.tagName.toLowerCase();
    if (isOutside(element) || isListMark(element)) return;
    if (name === "br") this.#lineBreak(around);
    else if (name === "tr") this.#row(element, around);
    else if (BLOCKS.has(name)) this.#block(element, name, around);
    else this.inside(element, { ...around, marks: marksOf(element, name, around) });
  }

  #block(element: HTMLElement, name: string, around: Around): void {
    const inner = {
      ...around,
      ...placeOf(element, name, around),
      preformatted: around.preformatted || name === "pre",
    };
    this.close();
    this.#kind = inner.kind;
    this.inside(element, { ...inner, marks: marksOf(element, name, inner) });
    this.close();
    this.#kind = around.kind;
  }

  /** A table row becomes a line; a row of one cell is only layout and is read as if there were no table. */
  #row(row: HTMLElement, around: Around): void {
    const cells = [...row.children]
      .map((cell) => blocksFromHTML(cell, this.keepSpaces))
      .filter((cell) => cell.length > 0);
    this.close();
    if (cells.length === 1) this.#blocks.push(...(cells[0] ?? []));
    else
      this.#words = joined(
        cells.map(
          (cell) =>
            joined(
              cell.map((block) => block.content),
              " ",
            ).content,
        ),
        " | ",
      ).children;
    this.close();
    this.#kind = around.kind;
  }

  #lineBreak(around: Around): void {
    if (around.kind.list || around.kind.h) this.#text(" ", around);
    else this.close();
  }

  #text(raw: string, around: Around): void {
    const [first = "", ...lines] = around.preformatted ? raw.split(/\r\n?|\n/) : [raw];
    this.#append(first, around.marks);
    for (const line of lines) {
      this.close();
      this.#append(line, around.marks);
    }
  }

  #append(raw: string, marks: readonly Mark[]): void {
    const text = raw.replace(UNSEEN, "").replace(this.keepSpaces ? /\s/g : GAPS, " ");
    const follows = this.#words.at(-1)?.text?.endsWith(" ") ?? true;
    const kept = follows && !this.keepSpaces ? text.replace(/^ /, "") : text;
    if (kept) this.#words = [...this.#words, schema.text(kept, marks)];
  }

  #trimmed(): readonly Node[] {
    const last = this.#words.at(-1);
    if (!last?.text || this.keepSpaces) return this.#words;
    const words = this.#words.slice(0, -1);
    const text = last.text.trimEnd();
    return text ? [...words, schema.text(text, last.marks)] : words;
  }
}

/** Several stretches of words as one, with a sign between them. */
function joined(parts: readonly Fragment[], sign: string): Node {
  const words = parts.flatMap((part, nth) => [...(nth > 0 ? [schema.text(sign)] : []), ...part.content]);
  return schema.node("block", PLAIN, Fragment.fromArray(words));
}

/** What kind of block an element opens, and how deep in lists it is. */
function placeOf(element: HTMLElement, name: string, around: Around): Pick<Around, "kind" | "depth"> {
  const { depth, kind } = around;
  if (name === "ul" || name === "ol") {
    const list = name === "ol" ? "number" : "bullet";
    return { depth: depth + 1, kind: blockKind({ list, indent: depth }) };
  }
  if (name === "li") return itemPlace(element, around);
  return { depth, kind: kind.list ? kind : (kindOf(element, name) ?? kind) };
}

/** A list item; Word for the web says its level beside it. */
function itemPlace(element: HTMLElement, { depth, kind }: Around): Pick<Around, "kind" | "depth"> {
  const list = kind.list ?? "bullet";
  const level = levelOf(element);
  return level
    ? { depth: level, kind: blockKind({ list, indent: level - 1 }) }
    : { depth, kind: { ...kind, list } };
}

function kindOf(element: HTMLElement, name: string): BlockKind | null {
  const heading = /^h([1-6])$/.exec(name)?.[1];
  if (heading) return headingOf(Number(heading));
  if (element.getAttribute("role") === "heading") return headingOf(levelOf(element) || 3);
  if (name === "blockquote") return blockKind({ quote: true });
  const { list, indent } = element.dataset;
  return list ? blockKind({ list, indent: Number(indent) }) : wordKind(element);
}

function levelOf(element: HTMLElement): number {
  return Number(element.dataset.ariaLevel ?? element.getAttribute("aria-level") ?? 0);
}

const headingOf = (level: number) => blockKind({ h: level <= 3 ? 3 : 4 });

function marksOf(element: HTMLElement, name: string, around: Around): readonly Mark[] {
  let marks = around.marks;
  const set = (type: "strong" | "em", on: boolean | null) => {
    const mark = schema.mark(type);
    if (on !== null) marks = on ? mark.addToSet(marks) : mark.removeFromSet(marks);
  };
  set("strong", around.kind.h ? false : isBold(element, name));
  set("em", isItalic(element, name));
  const href = name === "a" ? addressOf(element) : null;
  return href === null ? marks : schema.mark("link", { href }).addToSet(marks);
}

function isBold(element: HTMLElement, name: string): boolean | null {
  const weight = styleOf(element, "font-weight");
  if (weight) return weight.startsWith("bold") || Number(weight) >= 600;
  return name === "b" || name === "strong" ? true : null;
}

function isItalic(element: HTMLElement, name: string): boolean | null {
  const style = styleOf(element, "font-style");
  if (style) return style.startsWith("italic") || style.startsWith("oblique");
  return name === "i" || name === "em" ? true : null;
}

/** Where a link leads. Outlook wraps addresses together with the reader's own; that wrapping comes off. */
function addressOf(element: HTMLElement): string | null {
  const href = (element.getAttribute("href") ?? "").trim().replaceAll(" ", "%20");
  const wrapped = /^https:\/\/[a-z0-9.]+\.safelinks\.protection\.outlook\.com\/.*[?&]url=([^&]+)/i.exec(
    href,
  )?.[1];
  try {
    return safeAddress(wrapped ? decodeURIComponent(wrapped) : href);
  } catch {
    return null;
  }
}
