// Undo of one's own edits only: what the other person wrote is never taken back, and the caret returns to where it was.
import { type Command, type EditorState, Plugin, PluginKey, TextSelection } from "prosemirror-state";
import * as Y from "yjs";
import type { FlatBinding } from "./binding";
import { indexAt, indexOf, positionAt, relativeAt } from "./positions";

/** A selection kept as places in the shared text. */
interface Kept {
  anchor: unknown;
  head: unknown;
}
/** What Yjs tells about an entry of the undo list. */
interface StackEvent {
  stackItem: { meta: Map<unknown, unknown> };
}

const SELECTION = "selection";
/** Edits within this time are one entry. */
const PAUSE_MS = 500;

const undoKey = new PluginKey<OwnUndo>("own-undo");

/** The undo list of one person in one section. */
export class OwnUndo {
  readonly manager: Y.UndoManager;
  #before: Kept | null = null;

  constructor(
    readonly binding: FlatBinding,
    pause = PAUSE_MS,
  ) {
    this.manager = new Y.UndoManager(binding.text, {
      trackedOrigins: new Set([binding]),
      captureTimeout: pause,
    });
    this.manager.on("stack-item-added", ({ stackItem }: StackEvent) => {
      if (!stackItem.meta.has(SELECTION)) stackItem.meta.set(SELECTION, this.#before);
    });
    this.manager.on("stack-item-popped", ({ stackItem }: StackEvent) => {
      this.#restore(stackItem.meta.get(SELECTION) as Kept | null | undefined);
    });
  }

  plugin(): Plugin<OwnUndo> {
    return new Plugin<OwnUndo>({
      key: undoKey,
      state: { init: () => this, apply: () => this },
      view: () => {
        this.binding.beforeWrite.add(this.#keep);
        return {
          destroy: () => {
            this.binding.beforeWrite.delete(this.#keep);
            this.manager.destroy();
          },
        };
      },
    });
  }

  get canUndo(): boolean {
    return this.#mayWrite && this.manager.canUndo();
  }

  get canRedo(): boolean {
    return this.#mayWrite && this.manager.canRedo();
  }

  undo(): void {
    if (this.binding.view) this.#keep(this.binding.view.state);
    if (this.canUndo) this.manager.undo();
  }

  redo(): void {
    if (this.binding.view) this.#keep(this.binding.view.state);
    if (this.canRedo) this.manager.redo();
  }

  get #mayWrite(): boolean {
    return this.binding.view?.editable ?? false;
  }

  readonly #keep = ({ doc, selection }: EditorState): void => {
    const { text } = this.binding;
    const place = (pos: number) => relativeAt(text, Math.min(indexAt(doc, pos), text.length), -1);
    this.#before = { anchor: place(selection.anchor), head: place(selection.head) };
  };

  #restore(kept: Kept | null | undefined): void {
    const { view, text } = this.binding;
    const anchor = indexOf(text, kept?.anchor);
    const head = indexOf(text, kept?.head);
    if (view === null || anchor === null || head === null) return;
    const { doc, tr } = view.state;
    const at = (index: number) => doc.resolve(positionAt(doc, index));
    view.dispatch(tr.setSelection(TextSelection.between(at(anchor), at(head))).scrollIntoView());
  }
}

/** The undo list of the editor this state belongs to. */
export function ownUndo(state: EditorState): OwnUndo | undefined {
  return undoKey.getState(state);
}

/** Takes back one's own last edit. False if there is none. */
export const undo: Command = (state, dispatch) => {
  const own = ownUndo(state);
  if (!own?.canUndo) return false;
  if (dispatch) own.undo();
  return true;
};

/** Makes the edit again that was taken back last. False if there is none. */
export const redo: Command = (state, dispatch) => {
  const own = ownUndo(state);
  if (!own?.canRedo) return false;
  if (dispatch) own.redo();
  return true;
};
