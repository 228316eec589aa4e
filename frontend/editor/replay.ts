// From a change of the shared text to the smallest steps in the editor, so that caret, marks and composition stay put.
import { Fragment, type Node, Slice } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type { Op } from "./delta";
import { positionAt } from "./positions";
import { type Attributes, blockKind, markOf, PLACEHOLDER, schema, wordsOf } from "./schema";

/** Brings the transaction's document to `next`: step by step as the change says, or by plain comparison if that fails. */
export function replay(tr: Transaction, delta: readonly Op[], next: Node): void {
  if (tr.doc.eq(next)) return;
  const opened = !tr.doc.attrs.bare && !next.attrs.bare;
  let index = 0;
  for (const op of opened ? delta : []) index = follow(tr, op, index);
  if (!tr.doc.eq(next)) replaceDifference(tr, next);
}

function follow(tr: Transaction, op: Op, index: number): number {
  if (op.insert !== undefined) return write(tr, op.insert, op.attributes, index);
  if (op.delete !== undefined) {
    // The opening at index 0 cannot be removed alone; the comparison afterwards sees to such a change.
    replace(tr, positionAt(tr.doc, index), positionAt(tr.doc, index + op.delete), Slice.empty);
    return index;
  }
  const end = index + (op.retain ?? 0);
  if (op.attributes) dress(tr, op.attributes, index, end);
  return end;
}

function write(tr: Transaction, insert: unknown, attributes: Attributes | undefined, index: number): number {
  const written = typeof insert === "string" ? insert : PLACEHOLDER;
  const [first = "", ...lines] = written.split("\n");
  const words = wordsOf(first, attributes);
  const opened = lines.map((line) => schema.node("block", blockKind(attributes), wordsOf(line, attributes)));
  const pos = positionAt(tr.doc, index);
  if (opened.length === 0) replace(tr, pos, pos, new Slice(Fragment.from(words), 0, 0));
  else if (index === 0) replace(tr, 0, 0, new Slice(Fragment.from(opened), 0, 0));
  else open(tr, pos, schema.node("block", null, words), opened);
  return index + written.length;
}

/** Opens blocks at a place. A block that only moves down stays the same thing, so that a composition in it goes on. */
function open(tr: Transaction, pos: number, head: Node, opened: readonly Node[]): void {
  const { parent, parentOffset } = tr.doc.resolve(pos);
  const last = opened.at(-1);
  if (parentOffset === 0 && last?.content.size === 0 && last.sameMarkup(parent)) {
    const above = [parent.copy(head.content), ...opened.slice(0, -1)];
    replace(tr, pos - 1, pos - 1, new Slice(Fragment.from(above), 0, 0));
  } else replace(tr, pos, pos, new Slice(Fragment.from([head, ...opened]), 1, 1));
}

function replace(tr: Transaction, from: number, to: number, slice: Slice): void {
  if (from !== to || slice.size > 0) tr.step(new ReplaceStep(from, to, slice));
}

/** Gives openings and words between two indexes what the attributes say. */
function dress(tr: Transaction, attributes: Attributes, from: number, to: number): void {
  let index = 0;
  tr.doc.forEach((block, offset) => {
    const end = index + 1 + block.content.size;
    if (index >= from && index < to) dressBlock(tr, block, offset, attributes);
    const start = offset + 1 + Math.max(0, from - index - 1);
    const stop = offset + 1 + Math.min(block.content.size, to - index - 1);
    if (stop > start) dressWords(tr, start, stop, attributes);
    index = end;
  });
}

function dressBlock(tr: Transaction, block: Node, pos: number, attributes: Attributes): void {
  const kind = blockKind({ ...block.attrs, ...attributes });
  for (const [name, value] of Object.entries(kind)) {
    if (block.attrs[name] !== value) tr.setNodeAttribute(pos, name, value);
  }
}

function dressWords(tr: Transaction, from: number, to: number, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const type = schema.marks[name];
    if (type === undefined) continue;
    const mark = markOf(name, value);
    if (mark === null) tr.removeMark(from, to, type);
    else tr.addMark(from, to, mark);
  }
}

/** Replaces the blocks that differ, and of a single block only the words that differ. */
function replaceDifference(tr: Transaction, next: Node): void {
  const start = tr.doc.content.findDiffStart(next.content);
  const end = tr.doc.content.findDiffEnd(next.content);
  if (start !== null && end !== null) {
    const overlap = Math.max(0, start - Math.min(end.a, end.b));
    tr.replace(start, end.a + overlap, next.slice(start, end.b + overlap));
  }
  if (!tr.doc.content.eq(next.content)) {
    tr.step(new ReplaceStep(0, tr.doc.content.size, new Slice(next.content, 0, 0)));
  }
  if (tr.doc.attrs.bare !== next.attrs.bare) tr.setDocAttribute("bare", next.attrs.bare);
}
