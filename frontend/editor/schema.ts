// The blocks and marks of a section, and how its shared flat text reads as a ProseMirror document.
import { type Attrs, type DOMOutputSpec, type Mark, type Node, Schema } from "prosemirror-model";
import type * as Y from "yjs";

export type Attributes = Readonly<Record<string, unknown>>;
export type HeadingLevel = 3 | 4;
export type ListKind = "bullet" | "number";
export const DEEPEST = 3;

/** What kind of block it is. One textblock type with attributes, so that no gesture ever replaces the words in it. */
export interface BlockKind {
  h: HeadingLevel | null;
  list: ListKind | null;
  indent: number | null;
  quote: true | null;
}
export const PLAIN: BlockKind = { h: null, list: null, indent: null, quote: null };

/** Stands for one embedded thing of a newer client, so that every position still agrees with the text. */
export const PLACEHOLDER = "\ufffc";

const ADDRESS = /^(https?:\/\/|mailto:)[^\s"'<>`\\]+$/i;
const LONGEST_ADDRESS = 2000;

/** A link's target if it is a plain web or mail address; else nothing. */
export function safeAddress(href: unknown): string | null {
  if (typeof href !== "string" || href.length > LONGEST_ADDRESS) return null;
  const trimmed = href.trim();
  return ADDRESS.test(trimmed) ? trimmed : null;
}

function whole(value: unknown): number {
  return typeof value === "number" || typeof value === "bigint" ? Math.trunc(Number(value)) : 0;
}

function level(value: unknown): HeadingLevel | null {
  const number = whole(value);
  return number === 3 || number === 4 ? number : null;
}

/** The kind of block an opening carries. What we do not know is passed over, and stays in the text. */
export function blockKind(attributes: Attributes | undefined): BlockKind {
  const { h, list, indent, quote } = attributes ?? {};
  const depth = Math.min(whole(indent), DEEPEST);
  return {
    h: level(h),
    list: list === "bullet" || list === "number" ? list : null,
    indent: depth > 0 ? depth : null,
    quote: quote === true ? true : null,
  };
}

/** The mark a text attribute stands for; nothing if it is unknown, off or unsafe. */
export function markOf(name: string, value: unknown): Mark | null {
  if (name === "strong") return value === true ? schema.mark("strong") : null;
  if (name === "em") return value === true ? schema.mark("em") : null;
  if (name !== "link" || typeof value !== "object" || value === null) return null;
  const href = safeAddress((value as { href?: unknown }).href);
  return href === null ? null : schema.mark("link", { href });
}

export function marksOf(attributes: Attributes | undefined): Mark[] {
  return Object.entries(attributes ?? {}).flatMap(([name, value]) => markOf(name, value) ?? []);
}

/** The other way: what a block's opening carries in the text. */
export function blockAttributes(block: Node): Attributes {
  return Object.fromEntries(Object.entries(block.attrs).filter(([, value]) => value !== null));
}

export function markAttributes(marks: readonly Mark[]): Attributes {
  return Object.fromEntries(
    marks.map((mark) => [mark.type.name, mark.type.name === "link" ? { ...mark.attrs } : true]),
  );
}

/** One tag per block: a heading is no list item, a list item no quotation (the server reads it in the same order). */
function blockToDOM(block: Node): DOMOutputSpec {
  const { h, list, indent, quote } = block.attrs as BlockKind;
  const attributes: Record<string, string> = { class: "coprod-block" };
  if (h) return [`h${h}`, attributes, 0];
  if (list) return ["p", { ...attributes, "data-list": list, "data-indent": String(indent ?? 0) }, 0];
  return quote ? ["blockquote", attributes, 0] : ["p", attributes, 0];
}

function listFromDOM(element: HTMLElement): Attrs {
  return { ...PLAIN, ...blockKind({ list: element.dataset.list, indent: Number(element.dataset.indent) }) };
}

export const schema = new Schema({
  nodes: {
    // A bare document lacks its first opening: only a foreign client can make one, and our next edit mends it.
    doc: { content: "block+", attrs: { bare: { default: false } } },
    block: {
      content: "text*",
      selectable: false,
      attrs: {
        h: { default: null },
        list: { default: null },
        indent: { default: null },
        quote: { default: null },
      },
      parseDOM: [
        { tag: "h1,h2,h3", attrs: { ...PLAIN, h: 3 } },
        { tag: "h4,h5,h6", attrs: { ...PLAIN, h: 4 } },
        { tag: "blockquote", attrs: { ...PLAIN, quote: true } },
        { tag: "p[data-list]", getAttrs: listFromDOM },
        { tag: "p,div" },
      ],
      toDOM: blockToDOM,
    },
    text: {},
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [
        {
          tag: "a[href]",
          getAttrs: (element) => {
            const href = safeAddress(element.getAttribute("href"));
            return href === null ? false : { href };
          },
        },
      ],
      toDOM: (mark) => [
        "a",
        { href: String(mark.attrs.href), class: "nhsuk-link", rel: "noopener noreferrer nofollow" },
        0,
      ],
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  },
});

/** One piece of a shared text as Yjs hands it out. */
export interface Piece {
  insert: unknown;
  attributes?: Attributes;
}

/** The document a shared text stands for. Reads only: replicas that agree on the text agree on the document. */
export function docFromText(text: Y.Text): Node {
  const pieces = text.toDelta() as Piece[];
  const blocks: Node[] = [];
  let kind: BlockKind | null = null;
  let words: Node[] = [];
  const close = () => {
    if (kind !== null || words.length > 0) blocks.push(schema.node("block", kind ?? PLAIN, words));
  };
  for (const { insert, attributes } of pieces) {
    const [before = "", ...opened] = typeof insert === "string" ? insert.split("\n") : [PLACEHOLDER];
    words.push(...wordsOf(before, attributes));
    for (const line of opened) {
      close();
      kind = blockKind(attributes);
      words = wordsOf(line, attributes);
    }
  }
  close();
  if (blocks.length === 0) blocks.push(schema.node("block", PLAIN));
  return schema.node("doc", { bare: !startsOpened(pieces) }, blocks);
}

/** Words as the document holds them: no node at all for no words. */
export function wordsOf(words: string, attributes: Attributes | undefined): Node[] {
  return words ? [schema.text(words, marksOf(attributes))] : [];
}

function startsOpened(pieces: readonly Piece[]): boolean {
  const first = pieces[0]?.insert;
  return typeof first === "string" && first.startsWith("\n");
}
