import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { editorPlugins } from "./plugins";
import { docFromText } from "./schema";

it("smoke", () => {
  const doc = new Y.Doc();
  const text = doc.getText("t:x");
  text.insert(0, "\n");
  const view = new EditorView(document.body.appendChild(document.createElement("div")), {
    state: EditorState.create({ doc: docFromText(text), plugins: editorPlugins({ text }) }),
  });
  view.dispatch(view.state.tr.insertText("hello", 1));
  expect(text.toString()).toBe("\nhello");
  text.insert(3, "🙂");
  expect(view.state.doc.textContent).toBe("he🙂llo");
  view.dispatch(view.state.tr.split(3));
  expect(text.toString()).toBe("\nhe\n🙂llo");
});
