// One section of the text as an editor: its view, its bond with the shared text, and what stands around it.
import { type Command, EditorState, Plugin } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { anchorPlugin } from "./anchors";
import { FlatBinding } from "./binding";
import { caretPlugin } from "./carets";
import { editorPlugins } from "./plugins";
import { docFromText } from "./schema";
import { hearingPlugin } from "./selection";

export interface SectionOptions {
  key: string;
  title: string;
  text: Y.Text;
  awareness: Awareness;
  editable: boolean;
  /** Ids of what describes the text: the question, the help, the number of words. */
  describedBy: string;
  askForLink: Command;
}

export class Section {
  readonly view: EditorView;
  /** Called after every change of text, selection or permission. */
  readonly onChange = new Set<() => void>();
  /** Called when the words of threads have been looked up anew after an edit. */
  readonly onAnchors = new Set<() => void>();
  #editable: boolean;

  constructor(
    host: HTMLElement,
    readonly options: SectionOptions,
  ) {
    this.#editable = options.editable;
    const { text, awareness, key, askForLink } = options;
    this.view = new EditorView(host, {
      state: EditorState.create({
        doc: docFromText(text),
        plugins: [
          hearingPlugin(),
          ...editorPlugins({ text, binding: new FlatBinding(text), askForLink }),
          caretPlugin({ text, awareness, section: key }),
          anchorPlugin(text, () => {
            for (const call of this.onAnchors) call();
          }),
          placeholder(() => (this.#editable ? "Start writing here" : "Nothing written yet")),
          new Plugin({ view: () => ({ update: () => this.#changed() }) }),
        ],
      }),
      editable: () => this.#editable,
      attributes: () => this.#attributes(),
    });
  }

  get editable(): boolean {
    return this.#editable;
  }

  set editable(editable: boolean) {
    if (editable === this.#editable) return;
    this.#editable = editable;
    // Setting the property makes the view read `editable` and the attributes again.
    this.view.setProps({ editable: () => this.#editable });
    this.#changed();
  }

  get text(): string {
    const { doc } = this.view.state;
    return doc.textBetween(0, doc.content.size, "\n");
  }

  #changed(): void {
    for (const call of this.onChange) call();
  }

  #attributes(): Record<string, string> {
    return {
      role: "textbox",
      class: "coprod-editor__area",
      "aria-multiline": "true",
      "aria-readonly": String(!this.#editable),
      "aria-labelledby": `h-${this.options.key}`,
      "aria-describedby": this.options.describedBy,
      translate: "no",
      spellcheck: "true",
      tabindex: "0",
    };
  }

  destroy(): void {
    this.view.destroy();
  }
}

/** Words where there are none yet; drawn by the style sheet, so that they never become part of the text. */
function placeholder(words: () => string): Plugin {
  return new Plugin({
    props: {
      decorations: ({ doc }) => {
        const first = doc.firstChild;
        if (doc.childCount > 1 || !first || first.content.size) return null;
        const empty = Decoration.node(0, first.nodeSize, {
          class: "coprod-editor__empty",
          "data-placeholder": words(),
        });
        return DecorationSet.create(doc, [empty]);
      },
    },
  });
}
