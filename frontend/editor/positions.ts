// Places: between a ProseMirror position, an index in the shared text, and a place that survives other people's edits.
import type { Node } from "prosemirror-model";
import * as Y from "yjs";
import type { Op } from "./delta";

/** Which side a place keeps to when something is written exactly there. */
export type Side = -1 | 1;

/** The index in the shared text of a position in the document. Every opening and every character counts one. */
export function indexAt(doc: Node, pos: number): number {
  const resolved = doc.resolve(Math.max(0, Math.min(pos, doc.content.size)));
  return Math.max(0, resolved.pos - resolved.index(0) - (doc.attrs.bare ? 1 : 0));
}

/** The position in the document of an index in the shared text: always inside a block, never between two. */
export function positionAt(doc: Node, index: number): number {
  let left = Math.max(0, index - (doc.attrs.bare ? 0 : 1));
  let pos = 0;
  for (let nth = 0; nth < doc.childCount; nth++) {
    const size = doc.child(nth).content.size;
    if (left <= size) return pos + 1 + left;
    left -= size + 1;
    pos += size + 2;
  }
  return pos - 1;
}

/** Where an index stands after a change. */
export function mapIndex(delta: readonly Op[], index: number, assoc: Side): number {
  let at = 0;
  let mapped = index;
  for (const op of delta) {
    if (at > mapped) break;
    const inserted = lengthOf(op.insert);
    if (at < mapped || assoc > 0) mapped += inserted;
    mapped = Math.max(at, mapped - (op.delete ?? 0));
    at += (op.retain ?? 0) + inserted;
  }
  return mapped;
}

function lengthOf(insert: unknown): number {
  if (insert === undefined) return 0;
  return typeof insert === "string" ? insert.length : 1;
}

/** A place as JSON for other people, for a stored anchor or for a later moment. */
export function relativeAt(text: Y.Text, index: number, assoc: Side | 0): unknown {
  return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, assoc));
}

/** The index such a place stands at now; nothing if it is not in this text. Other people's JSON can be anything. */
export function indexOf(text: Y.Text, place: unknown): number | null {
  if (text.doc === null || typeof place !== "object" || place === null) return null;
  try {
    const found = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(place),
      text.doc,
    );
    return found !== null && found.type === text ? found.index : null;
  } catch {
    return null;
  }
}
