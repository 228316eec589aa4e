// What is selected on the page, heard of before anything acts on it.
import { Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";

/**
 * A browser tells of a new selection in a task of its own, which on a busy machine comes after the key that was
 * meant for it. An editor reads the selection when it is told, so we tell it at once: in the event it listens to.
 */
export function hear({ dom, composing }: EditorView): void {
  // What is being composed is the input method's: nothing is read under it.
  if (!composing) dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
}

/** Before every key, and before words are copied, cut or put in from a menu. */
export function hearingPlugin(): Plugin {
  const now = (view: EditorView): false => {
    hear(view);
    return false;
  };
  return new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (view, event) => (event.isComposing || event.keyCode === 229 ? false : now(view)),
        copy: now,
        cut: now,
        paste: now,
        // Soon after the focus an editor puts its own selection back, unless it has heard of another one.
        focus: (view) => {
          setTimeout(() => !view.isDestroyed && view.hasFocus() && hear(view));
        },
      },
    },
  });
}
