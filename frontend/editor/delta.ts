// From an edit in the editor to the smallest change of the shared text: words nobody touched stay the words they were.
import type { Node } from "prosemirror-model";
import type { Step } from "prosemirror-transform";
import { indexAt } from "./positions";
import { type Attributes, blockAttributes, markAttributes } from "./schema";

/** One piece of a change, in the form of Y.Text: one of retain, insert and delete. */
export interface Op {
  retain?: number;
  insert?: unknown;
  delete?: number;
  attributes?: Attributes;
}

interface Run {
  text: string;
  attributes: Attributes;
}
/** The same stretch in the document before and after a step. */
interface Span {
  oldFrom: number;
  oldTo: number;
  newFrom: number;
  newTo: number;
}

/** Half a character, which Yjs cannot hold. */
const HALF = /[\ud800-\udfff]/gu;
const isHigh = (unit: string | undefined) => unit !== undefined && unit >= "\ud800" && unit <= "\udbff";
const isLow = (unit: string | undefined) => unit !== undefined && unit >= "\udc00" && unit <= "\udfff";

/** The changes one step stands for, to be made one after the other. */
export function stepDeltas(step: Step, before: Node, after: Node): Op[][] {
  const spans: Span[] = [];
  step.getMap().forEach((oldFrom, oldTo, newFrom, newTo) => {
    spans.unshift({ oldFrom, oldTo, newFrom, newTo }); // last first, so that earlier indexes still hold
  });
  if (spans.length === 0) return [formatting(before, after)].filter((ops) => ops.length > 0);
  return spans
    .map((span) => replacement(before, after, widened(before, after, span)))
    .filter((ops) => ops.length > 0);
}

/** A step that moves nothing changes marks or kinds of block only; or it gives a bare text its first opening. */
function formatting(before: Node, after: Node): Op[] {
  const ops: Op[] = [];
  after.forEach((block, _offset, nth) => {
    const old = before.child(nth);
    if (nth > 0 || !before.attrs.bare) add(ops, reformat(1, blockAttributes(old), blockAttributes(block)));
    else if (!after.attrs.bare) ops.push({ insert: "\n", attributes: { ...blockAttributes(block) } });
    if (old === block) add(ops, { retain: block.content.size });
    else restyle(ops, wordsOf(old), wordsOf(block));
  });
  return trimmed(ops);
}

/** The opening at index 0 is nobody's to write before or to remove: such an edit takes in the next opening instead. */
function widened(before: Node, after: Node, span: Span): Span {
  if (span.oldFrom === 0 && (span.oldTo === 0 || span.newTo === 0)) {
    return { ...span, oldTo: span.oldTo + 1, newTo: span.newTo + 1 };
  }
  const left = cutsPair(before, span.oldFrom) || cutsPair(after, span.newFrom) ? 1 : 0;
  const right = cutsPair(before, span.oldTo) || cutsPair(after, span.newTo) ? 1 : 0;
  return {
    oldFrom: span.oldFrom - left,
    newFrom: span.newFrom - left,
    oldTo: span.oldTo + right,
    newTo: span.newTo + right,
  };
}

/** Whether a position lies within an emoji or another character of two units, which Yjs must never see halved. */
function cutsPair(doc: Node, pos: number): boolean {
  const { nodeBefore, nodeAfter } = doc.resolve(pos);
  return isHigh(nodeBefore?.text?.at(-1)) && isLow(nodeAfter?.text?.[0]);
}

function replacement(before: Node, after: Node, span: Span): Op[] {
  const old = runsBetween(before, span.oldFrom, span.oldTo);
  const now = runsBetween(after, span.newFrom, span.newTo);
  const [head, tail] = common(textOf(old), textOf(now));
  const oldEnd = textOf(old).length - tail;
  const newEnd = textOf(now).length - tail;
  const ops: Op[] = [];
  add(ops, { retain: indexAt(before, span.oldFrom) });
  restyle(ops, cut(old, 0, head), cut(now, 0, head));
  if (oldEnd > head) ops.push({ delete: oldEnd - head });
  for (const run of cut(now, head, newEnd))
    ops.push({ insert: run.text.replace(HALF, "\ufffd"), attributes: { ...run.attributes } });
  restyle(ops, cut(old, oldEnd), cut(now, newEnd));
  return trimmed(ops);
}

/** How much two texts share at the start and at the end, never half a character. */
function common(old: string, now: string): [head: number, tail: number] {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  if (isHigh(old[head - 1])) head--;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  if (tail > 0 && isLow(old.at(-tail))) tail--;
  return [head, tail];
}

/** The same text twice: only what it carries may differ. */
function restyle(ops: Op[], old: readonly Run[], now: readonly Run[]): void {
  let start = 0;
  for (const run of now) {
    for (const was of cut(old, start, start + run.text.length)) {
      add(ops, reformat(was.text.length, was.attributes, run.attributes));
    }
    start += run.text.length;
  }
}

function reformat(length: number, old: Attributes, now: Attributes): Op {
  const changed: Record<string, unknown> = {};
  for (const name in old) if (!(name in now)) changed[name] = null;
  for (const name in now)
    if (JSON.stringify(old[name]) !== JSON.stringify(now[name])) changed[name] = now[name];
  return Object.keys(changed).length > 0 ? { retain: length, attributes: changed } : { retain: length };
}

function runsBetween(doc: Node, from: number, to: number): Run[] {
  const runs: Run[] = [];
  doc.forEach((block, offset, nth) => {
    if (offset >= to || offset + block.nodeSize <= from) return;
    if (offset >= from && !(nth === 0 && doc.attrs.bare))
      runs.push({ text: "\n", attributes: blockAttributes(block) });
    runs.push(...cut(wordsOf(block), from - offset - 1, to - offset - 1));
  });
  return runs;
}

function wordsOf(block: Node): Run[] {
  return block.children.map((child) => ({ text: child.text ?? "", attributes: markAttributes(child.marks) }));
}

function cut(runs: readonly Run[], from: number, to = Number.POSITIVE_INFINITY): Run[] {
  const kept: Run[] = [];
  let start = 0;
  for (const { text, attributes } of runs) {
    const piece = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (piece) kept.push({ text: piece, attributes });
    start += text.length;
  }
  return kept;
}

const textOf = (runs: readonly Run[]) => runs.map((run) => run.text).join("");

function add(ops: Op[], op: Op): void {
  const last = ops.at(-1);
  if (op.retain === 0) return;
  if (op.retain && !op.attributes && last?.retain && !last.attributes) last.retain += op.retain;
  else ops.push(op);
}

function trimmed(ops: Op[]): Op[] {
  const last = ops.at(-1);
  if (last?.retain && !last.attributes) ops.pop();
  return ops;
}
