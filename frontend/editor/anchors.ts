// Where threads stand in a section's text: from a selection to places that last, and from places to marked words.
import { type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { Lull } from "../lib/lull";
import { indexAt, indexOf, positionAt, relativeAt } from "./positions";
import { hear } from "./selection";

/** The words a thread is about, as places that survive other people's edits. */
export interface Ends {
  start: unknown;
  end: unknown;
}
export interface Place extends Ends {
  id: number;
}
export interface Anchor extends Ends {
  /** What stands between the two places now. */
  quote: string;
}
export interface Range {
  from: number;
  to: number;
}
interface Anchors {
  places: readonly Place[];
  active: number | null;
  ranges: ReadonlyMap<number, Range>;
  set: DecorationSet;
}
type Given = Pick<Anchors, "places" | "active">;

export const LONGEST_QUOTE = 500;
/** While somebody types, the marks move along with the words; in a pause they are looked up anew in the shared text. */
const SETTLE = 200;
const LONGEST = 1_000;
const anchorsKey = new PluginKey<Anchors>("anchors");

/** The selected words without the white space around them; nothing if there are none. */
export function anchorFrom(state: EditorState, text: Y.Text): Anchor | null {
  const { doc, selection } = state;
  const words = doc.textBetween(selection.from, selection.to, "\n");
  if (!words.trim()) return null;
  const from = indexAt(doc, selection.from) + (words.length - words.trimStart().length);
  const to = indexAt(doc, selection.to) - (words.length - words.trimEnd().length);
  // To the first and the last of the words: what is written before or behind them is not theirs.
  return { start: relativeAt(text, from, 0), end: relativeAt(text, to, -1), quote: words.trim() };
}

/** What stands between two places by now; nothing if the words are gone. */
export function wordsBetween(text: Y.Text, ends: Ends): string {
  const from = indexOf(text, ends.start);
  const to = indexOf(text, ends.end);
  return from === null || to === null || from >= to ? "" : text.toString().slice(from, to);
}

function rangeOf(text: Y.Text, { doc }: EditorState, { start, end }: Ends): Range | null {
  const from = indexOf(text, start);
  const to = indexOf(text, end);
  if (from === null || to === null || from >= to) return null;
  const range = { from: positionAt(doc, from), to: positionAt(doc, to) };
  return range.from < range.to ? range : null;
}

function rangesIn(text: Y.Text, state: EditorState, places: readonly Place[]): Map<number, Range> {
  const found = new Map<number, Range>();
  for (const place of places) {
    const range = rangeOf(text, state, place);
    if (range) found.set(place.id, range);
  }
  return found;
}

/** Overlapping words are marked once: a place can be in many threads. */
function marked(state: EditorState, ranges: ReadonlyMap<number, Range>, active: number | null) {
  const united: Range[] = [];
  for (const { from, to } of [...ranges.values()].sort((one, other) => one.from - other.from)) {
    const last = united.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else united.push({ from, to });
  }
  const marks = united.map(({ from, to }) => Decoration.inline(from, to, { class: "coprod-anchor" }));
  const chosen = active === null ? undefined : ranges.get(active);
  if (chosen) marks.push(Decoration.inline(chosen.from, chosen.to, { class: "coprod-anchor--active" }));
  return DecorationSet.create(state.doc, marks);
}

function same(one: ReadonlyMap<number, Range>, other: ReadonlyMap<number, Range>): boolean {
  return (
    one.size === other.size &&
    [...one].every(([id, { from, to }]) => other.get(id)?.from === from && other.get(id)?.to === to)
  );
}

/** `settled` is called whenever the marks have been looked up anew. */
export function anchorPlugin(text: Y.Text, settled: () => void): Plugin<Anchors> {
  const build = (state: EditorState, { places, active }: Given): Anchors => {
    const ranges = rangesIn(text, state, places);
    return { places, active, ranges, set: marked(state, ranges, active) };
  };
  return new Plugin<Anchors>({
    key: anchorsKey,
    state: {
      init: () => ({ places: [], active: null, ranges: new Map(), set: DecorationSet.empty }),
      apply: (tr, anchors, _before, state) => {
        const given = tr.getMeta(anchorsKey) as Given | undefined;
        if (given) return build(state, given);
        if (!tr.docChanged || anchors.places.length === 0) return anchors;
        const moved = new Map<number, Range>();
        for (const [id, { from, to }] of anchors.ranges) {
          const range = { from: tr.mapping.map(from, 1), to: tr.mapping.map(to, -1) };
          if (range.from < range.to) moved.set(id, range);
        }
        return { ...anchors, ranges: moved, set: anchors.set.map(tr.mapping, tr.doc) };
      },
    },
    props: { decorations: (state) => anchorsKey.getState(state)?.set },
    view: (view) => settling(view, text, settled),
  });
}

function settling(view: EditorView, text: Y.Text, settled: () => void) {
  const settle = (): void => {
    const anchors = anchorsKey.getState(view.state);
    if (!anchors || view.isDestroyed) return;
    // Nothing is drawn under a character that is still being composed.
    if (view.composing) {
      lull.stir();
      return;
    }
    if (!same(rangesIn(text, view.state, anchors.places), anchors.ranges)) redraw(view, anchors);
    settled();
  };
  const lull = new Lull(settle, SETTLE, LONGEST);
  return {
    update: (_view: EditorView, before: EditorState) => {
      if (before.doc !== view.state.doc && anchorsKey.getState(view.state)?.places.length) lull.stir();
    },
    destroy: () => lull.settle(),
  };
}

function redraw(view: EditorView, given: Given): void {
  // An editor that is drawn anew puts back the selection it knows: it must know the one there is.
  hear(view);
  view.dispatch(view.state.tr.setMeta(anchorsKey, given).setMeta("addToHistory", false));
}

/** Marks the words of these threads, and those of the active one more clearly. */
export function showAnchors(view: EditorView, places: readonly Place[], active: number | null): void {
  const now = anchorsKey.getState(view.state);
  const unchanged = now?.active === active && JSON.stringify(now.places) === JSON.stringify(places);
  if (!unchanged) redraw(view, { places, active });
}

/** Where each thread stands in the document as it is shown. */
export function rangesOf(state: EditorState): ReadonlyMap<number, Range> {
  return anchorsKey.getState(state)?.ranges ?? new Map();
}

/** The thread whose words the caret is in; of several, the one about the fewest words. */
export function anchorAt(state: EditorState): number | null {
  const { from, to } = state.selection;
  const around = [...rangesOf(state)].filter(([, range]) => range.from <= from && to <= range.to);
  around.sort(([, one], [, other]) => one.to - one.from - (other.to - other.from));
  return around[0]?.[0] ?? null;
}
