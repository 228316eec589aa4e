// The words in edits that the server did not take, read out of the updates themselves.
import * as Y from "yjs";
import type { Batch, Rescued } from "./localstore";

interface Range {
  clock: number;
  len: number;
}

function deletedIn(ranges: Range[] | undefined, clock: number): boolean {
  return !!ranges?.some((range) => clock >= range.clock && clock < range.clock + range.len);
}

/** The text an item brings, one entry for each tick of its clock. A row's own id is not a word. */
function written(item: Y.Item): string[] {
  const { content } = item;
  if (content instanceof Y.ContentString) return content.str.split("");
  if (content instanceof Y.ContentAny && item.parentSub !== "id") {
    return content.arr.map((value) => (typeof value === "string" && value ? `${value} ` : ""));
  }
  return [];
}

function carriesOn(item: Y.Item): boolean {
  return item.origin?.client === item.id.client && item.origin.clock === item.id.clock - 1;
}

/** What a person wrote in these updates and did not delete in them, in the order of writing; "…" where they moved. */
export function wordsOf(updates: Uint8Array[]): string {
  const only = updates[0];
  if (!only) return "";
  const { structs, ds } = Y.decodeUpdate(updates.length === 1 ? only : Y.mergeUpdates(updates));
  let words = "";
  for (const item of structs) {
    if (!(item instanceof Y.Item)) continue;
    const deleted = ds.clients.get(item.id.client) as Range[] | undefined;
    const text = written(item).filter((_, i) => !deletedIn(deleted, item.id.clock + i));
    if (text.length && words.trim() && !carriesOn(item)) words += " … ";
    words += text.join("");
  }
  return words.trim();
}

/** One entry for each part of the document, with its words; edits without words (a heading, a deletion) need none. */
export function rescuedFrom(batches: Batch[], reason: string): Rescued[] {
  const byRoot = new Map<string, Batch[]>();
  for (const batch of batches) {
    const root = batch.roots[0] ?? "";
    byRoot.set(root, [...(byRoot.get(root) ?? []), batch]);
  }
  return [...byRoot].flatMap(([root, group]) => {
    const first = group[0];
    const words = wordsOf(group.map((batch) => batch.update));
    return first && words ? [{ id: `${first.id}-${root}`, root, words, reason, at: first.at }] : [];
  });
}
