// The bond between one section's shared text and its editor: each shows exactly what the other holds.
import { Fragment, type Node, Slice } from "prosemirror-model";
import {
  AllSelection,
  type EditorState,
  Plugin,
  PluginKey,
  type Selection,
  TextSelection,
  type Transaction,
} from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import type { EditorView } from "prosemirror-view";
import type * as Y from "yjs";
import { type Op, stepDeltas } from "./delta";
import { indexAt, mapIndex, positionAt, type Side } from "./positions";
import { replay } from "./replay";
import { docFromText, schema } from "./schema";

/** Local transactions that have not been written to the shared text yet. */
interface Unwritten {
  transactions: readonly Transaction[];
}
interface Arrival {
  delta: readonly Op[];
}

export const bindingKey = new PluginKey<Unwritten>("flat-text");

const arrivalOf = (tr: Transaction) => tr.getMeta(bindingKey) as Arrival | undefined;

/** Whether a transaction brings what the shared text already says: other people's words, or one's own undo. */
export function isRemote(tr: Transaction): boolean {
  return arrivalOf(tr) !== undefined;
}

/** The change of the shared text that a remote transaction shows. */
export function remoteDelta(tr: Transaction): readonly Op[] | null {
  return arrivalOf(tr)?.delta ?? null;
}

/** Binds one text to one view. It is itself the origin of what it writes, which is how undo knows one's own edits. */
export class FlatBinding {
  /** Called with the state before each local edit is written. */
  readonly beforeWrite = new Set<(before: EditorState) => void>();
  #view: EditorView | null = null;
  #written: Unwritten | null = null;

  constructor(readonly text: Y.Text) {}

  get view(): EditorView | null {
    return this.#view;
  }

  plugin(): Plugin<Unwritten> {
    return new Plugin<Unwritten>({
      key: bindingKey,
      state: {
        init: () => ({ transactions: [] }),
        apply: (tr, unwritten) => this.#collect(tr, unwritten),
      },
      filterTransaction: (tr) => !tr.docChanged || isRemote(tr) || (this.#view?.editable ?? true),
      appendTransaction: (trs, _before, state) =>
        trs.some((tr) => tr.docChanged && !isRemote(tr)) ? tidied(state) : null,
      view: (view) => this.#attach(view),
    });
  }

  #attach(view: EditorView) {
    this.#view = view;
    this.text.observe(this.#receive);
    return {
      update: (_view: EditorView, before: EditorState) => this.#write(before),
      destroy: () => {
        this.text.unobserve(this.#receive);
        this.#view = null;
      },
    };
  }

  #collect(tr: Transaction, unwritten: Unwritten): Unwritten {
    const waiting = unwritten === this.#written ? [] : unwritten.transactions;
    if (!tr.docChanged || isRemote(tr))
      return waiting === unwritten.transactions ? unwritten : { transactions: waiting };
    return { transactions: [...waiting, tr] };
  }

  #write(before: EditorState): void {
    const unwritten = this.#view && bindingKey.getState(this.#view.state);
    if (!unwritten || unwritten === this.#written) return;
    this.#written = unwritten;
    const deltas = unwritten.transactions.flatMap(transactionDeltas);
    if (deltas.length === 0) return;
    for (const call of this.beforeWrite) call(before);
    this.text.doc?.transact(() => {
      for (const delta of deltas) this.text.applyDelta(delta);
    }, this);
  }

  /** Shows a change of the text that did not come from this editor. Never writes. */
  readonly #receive = (event: Y.YTextEvent, { origin }: Y.Transaction): void => {
    const view = this.#view;
    if (origin === this || view === null) return;
    const delta = event.delta as readonly Op[];
    const tr = view.state.tr;
    replay(tr, delta, docFromText(this.text));
    if (!tr.docChanged) return;
    tr.setSelection(carried(view.state.selection, tr, delta));
    if (view.state.storedMarks && !view.composing) tr.setStoredMarks(view.state.storedMarks);
    view.dispatch(tr.setMeta(bindingKey, { delta } satisfies Arrival));
  };
}

function transactionDeltas(tr: Transaction): Op[][] {
  return tr.steps.flatMap((step, nth) =>
    stepDeltas(step, tr.docs[nth] ?? tr.doc, tr.docs[nth + 1] ?? tr.doc),
  );
}

/** The selection after a change by somebody else: a caret stays behind its last letter, a range does not grow. */
function carried(selection: Selection, tr: Transaction, delta: readonly Op[]): Selection {
  if (selection instanceof AllSelection) return new AllSelection(tr.doc);
  const at = (pos: number, side: Side) => positionAt(tr.doc, mapIndex(delta, indexAt(tr.before, pos), side));
  const to = at(selection.to, -1);
  const from = selection.empty ? to : Math.min(to, at(selection.from, 1));
  const backwards = selection.head < selection.anchor;
  const [anchor, head] = backwards ? [to, from] : [from, to];
  return TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head));
}

/** What a local edit may leave behind and the flat text cannot say: line breaks in a block, half characters, no opening. */
function tidied(state: EditorState): Transaction | null {
  const tr = state.tr;
  for (const pos of misfits(state.doc).reverse()) {
    if (state.doc.textBetween(pos, pos + 1) === "\n") breakAt(tr, pos);
    else tr.insertText("\ufffd", pos, pos + 1);
  }
  if (tr.doc.attrs.bare) tr.setDocAttribute("bare", false);
  return tr.docChanged ? tr : null;
}

function breakAt(tr: Transaction, pos: number): void {
  const { attrs } = tr.doc.resolve(pos).parent;
  const halves = [schema.node("block", attrs), schema.node("block", attrs)];
  tr.step(new ReplaceStep(pos, pos + 1, new Slice(Fragment.from(halves), 1, 1)));
}

function misfits(doc: Node): number[] {
  const found: number[] = [];
  doc.descendants(({ text = "" }, pos) => {
    for (const { index } of text.matchAll(/[\n\ud800-\udfff]/gu)) found.push(pos + index);
  });
  return found;
}
