// Other people's carets and selections in a section: name and side, by classes only, because the page allows no styles.
import { type EditorState, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { isRemote } from "./binding";
import { indexAt, indexOf, positionAt, relativeAt } from "./positions";
import { identityOf, type PresenceState } from "./presence";
import { hear } from "./selection";
import type { Identity } from "./wire";

const caretsKey = new PluginKey<DecorationSet>("carets");
/** How long a name stays after its caret has moved. */
const NAME_SHOWN = 2_000;
const SHOWN = "coprod-caret--named";

interface Caret {
  client: number;
  who: Identity;
  anchor: number;
  head: number;
}

type Changed = Record<"added" | "updated" | "removed", number[]>;

interface Options {
  text: Y.Text;
  awareness: Awareness;
  section: string;
}

function caretsIn({ text, awareness, section }: Options, state: EditorState): Caret[] {
  const found: Caret[] = [];
  for (const [client, each] of awareness.getStates()) {
    const cursor = (each as Partial<PresenceState>).cursor;
    const who = client === awareness.clientID ? null : identityOf(each);
    if (!who || cursor?.s !== section) continue;
    const anchor = indexOf(text, cursor.a);
    const head = indexOf(text, cursor.h);
    if (anchor === null || head === null) continue;
    found.push({ client, who, anchor: positionAt(state.doc, anchor), head: positionAt(state.doc, head) });
  }
  return found;
}

/** The flag with the name, in the text's own flow. Hidden from screen readers: they are told by section instead. */
function flag(who: Identity): HTMLElement {
  const caret = document.createElement("span");
  caret.className = `coprod-caret coprod-caret--${who.side}`;
  caret.setAttribute("aria-hidden", "true");
  const name = document.createElement("span");
  name.className = "coprod-caret__name";
  name.textContent = who.name;
  // Word joiners keep the flag from giving the line a place to break.
  caret.append("\u2060", name, "\u2060");
  return caret;
}

function decorate(options: Options, names: Names, state: EditorState): DecorationSet {
  const decorations: Decoration[] = [];
  for (const { client, who, anchor, head } of caretsIn(options, state)) {
    const draw = (): HTMLElement => names.track(client, flag(who));
    const key = `${client} ${who.side} ${who.name}`;
    decorations.push(Decoration.widget(head, draw, { key, side: 10, ignoreSelection: true, marks: [] }));
    const [from, to] = anchor < head ? [anchor, head] : [head, anchor];
    if (from < to)
      decorations.push(
        Decoration.inline(from, to, { class: `coprod-selected coprod-selected--${who.side}` }),
      );
    names.moved(client, head);
  }
  return DecorationSet.create(state.doc, decorations);
}

/** Shows a name when its caret moves, and takes it away again: a name must not cover the line above for long. */
class Names {
  private readonly flags = new Map<number, HTMLElement>();
  private readonly heads = new Map<number, number>();
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  track(client: number, element: HTMLElement): HTMLElement {
    this.flags.set(client, element);
    if (this.timers.has(client)) element.classList.add(SHOWN);
    return element;
  }

  moved(client: number, head: number): void {
    if (this.heads.get(client) === head) return;
    this.heads.set(client, head);
    clearTimeout(this.timers.get(client));
    this.flags.get(client)?.classList.add(SHOWN);
    this.timers.set(
      client,
      setTimeout(() => {
        this.timers.delete(client);
        this.flags.get(client)?.classList.remove(SHOWN);
      }, NAME_SHOWN),
    );
  }

  destroy(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}

/** Tells the others where this caret is, while this section has the focus. */
function publish({ text, awareness, section }: Options, view: EditorView): void {
  const cursor = (awareness.getLocalState() as PresenceState | null)?.cursor ?? null;
  if (!view.hasFocus()) {
    if (cursor?.s === section) awareness.setLocalStateField("cursor", null);
    return;
  }
  const { doc, selection } = view.state;
  const place = (position: number): unknown => relativeAt(text, indexAt(doc, position), -1);
  const next = { s: section, a: place(selection.anchor), h: place(selection.head) };
  if (JSON.stringify(cursor) !== JSON.stringify(next)) awareness.setLocalStateField("cursor", next);
}

export function caretPlugin(options: Options): Plugin<DecorationSet> {
  const names = new Names();
  return new Plugin<DecorationSet>({
    key: caretsKey,
    state: {
      init: (_, state) => decorate(options, names, state),
      apply: (tr, carets, _before, state) =>
        tr.getMeta(caretsKey) || isRemote(tr)
          ? decorate(options, names, state)
          : carets.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => caretsKey.getState(state) ?? null },
    view: (view) => follow(options, names, view),
  });
}

function follow(options: Options, names: Names, view: EditorView) {
  const { awareness } = options;
  let queued = false;
  const redraw = ({ added, updated, removed }: Changed): void => {
    // One's own caret is not drawn.
    const others = [...added, ...updated, ...removed].some((client) => client !== awareness.clientID);
    if (queued || !others) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      if (view.isDestroyed) return;
      // Drawn anew, an editor puts back the selection it knows: it must know the one there is.
      if (view.hasFocus()) hear(view);
      view.dispatch(view.state.tr.setMeta(caretsKey, true));
    });
  };
  const onFocus = (): void => void setTimeout(() => !view.isDestroyed && publish(options, view));
  awareness.on("change", redraw);
  view.dom.addEventListener("focus", onFocus);
  view.dom.addEventListener("blur", onFocus);
  return {
    update: (_view: EditorView, before: EditorState) => {
      if (before.doc !== view.state.doc || !before.selection.eq(view.state.selection)) publish(options, view);
    },
    destroy: () => {
      awareness.off("change", redraw);
      names.destroy();
    },
  };
}
