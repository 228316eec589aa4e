// People who write the same section in editors of their own, and the wire between them, for tests.
import { type Command, EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import * as Y from "yjs";
import { editorPlugins } from "../plugins";
import { docFromText } from "../schema";
import { type OwnUndo, ownUndo } from "../undo";

/** One person at one screen. */
export interface Writer {
  readonly doc: Y.Doc;
  readonly view: EditorView;
}

const FROM_OTHERS = "from the others";

/** Gives each what the other has. */
export function exchange(one: Writer, other: Writer): void {
  send(one, other);
  send(other, one);
}

export function send(from: Writer, to: Writer): void {
  const missing = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
  Y.applyUpdate(to.doc, missing, FROM_OTHERS);
}

/** Everybody has everything. */
export function exchangeAll(people: readonly Writer[]): void {
  const [hub, ...others] = people as [Writer, ...Writer[]];
  for (const other of others) send(other, hub);
  for (const other of others) send(hub, other);
}

/** One of us, with our binding. The view is kept for the next session, since making one is slow. */
export class Person implements Writer {
  readonly view: EditorView;
  #doc = new Y.Doc();

  constructor() {
    this.view = new EditorView(document.body.appendChild(document.createElement("div")), {
      state: EditorState.create({ doc: docFromText(this.text) }),
      handleScrollToSelection: () => true, // there is no layout to scroll in
    });
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  get text(): Y.Text {
    return this.#doc.getText("t:case");
  }

  get undo(): OwnUndo {
    return ownUndo(this.view.state) as OwnUndo;
  }

  /** Opens a document as it comes from the server. */
  open(seeded: Uint8Array, undoPause = 0): this {
    this.#doc = new Y.Doc();
    Y.applyUpdate(this.#doc, seeded, FROM_OTHERS);
    const plugins = editorPlugins({ text: this.text, undoPause });
    this.view.updateState(EditorState.create({ doc: docFromText(this.text), plugins }));
    return this;
  }

  type(words: string, pos = this.view.state.selection.from): this {
    this.view.dispatch(this.view.state.tr.insertText(words, pos));
    return this;
  }

  select(from: number, to = from): this {
    const { doc, tr } = this.view.state;
    const selection = TextSelection.between(doc.resolve(from), doc.resolve(to));
    this.view.dispatch(tr.setSelection(selection));
    return this;
  }

  do(command: Command): this {
    command(this.view.state, this.view.dispatch, this.view);
    return this;
  }

  /** The view and the text say the same. */
  get agrees(): boolean {
    return this.view.state.doc.eq(docFromText(this.text));
  }
}

/** A text as the server seeds it, or with words in it already. The server writes as client 2. */
export function seed(words = "\n", attributes?: Record<string, unknown>): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 2;
  doc.getText("t:case").insert(0, words, attributes ?? {});
  return Y.encodeStateAsUpdate(doc);
}

/** Clients are numbered, since the order of words written at the same place depends on it. */
export function people(count: number, seeded = seed(), firstClient = 3): Person[] {
  return Array.from({ length: count }, (_, nth) => {
    const person = new Person().open(seeded);
    person.doc.clientID = firstClient + nth;
    return person;
  });
}
