// Paste and copy: what comes from elsewhere arrives as blocks of our own, where the caret is.
import { DOMParser, Fragment, type Mark, type Node, type ParseOptions, Slice } from "prosemirror-model";
import { type EditorState, Plugin, TextSelection, type Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { blocksFromHTML, UNSEEN } from "./html";
import { type BlockKind, blockKind, PLAIN, safeAddress, schema } from "./schema";
import { ownUndo } from "./undo";
import { inert } from "./wordhtml";

/** Takes the fragment ProseMirror has read from the clipboard (under its own Trusted Types policy). */
class PasteParser extends DOMParser {
  override parseSlice(root: globalThis.Node, { preserveWhitespace }: ParseOptions = {}): Slice {
    return Slice.maxOpen(Fragment.from(blocksFromHTML(root, Boolean(preserveWhitespace))));
  }
}

export function pastePlugin(): Plugin {
  return new Plugin({
    props: {
      transformPastedHTML: inert,
      clipboardParser: new PasteParser(schema, []),
      clipboardTextParser: (text, $context) =>
        Slice.maxOpen(Fragment.from(blocksFromText(text, $context.marks()))),
      clipboardTextSerializer: textOf,
      handlePaste(view, _event, slice) {
        const tr = pasted(view.state, slice);
        if (tr === null) return false;
        ownUndo(view.state)?.manager.stopCapturing();
        view.dispatch(tr.scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
        return true;
      },
    },
  });
}

/** Every line of plain text is a block; a bullet sign makes a list item; an address alone is a link. */
export function blocksFromText(text: string, marks: readonly Mark[] = []): Node[] {
  const href = safeAddress(text);
  const all = href === null ? marks : schema.mark("link", { href }).addToSet(marks);
  return text
    .split(/\r\n?|[\n\v\f\u2028\u2029]/)
    .map((line) => line.replaceAll("\t", " ").replace(UNSEEN, "").trimEnd())
    .filter(Boolean)
    .map((line) => {
      const words = line.replace(/^\s*[•▪◦‣·]\s+/, "");
      return schema.node(
        "block",
        words === line ? PLAIN : blockKind({ list: "bullet" }),
        words ? schema.text(words, all) : [],
      );
    });
}

function textOf(slice: Slice): string {
  const lines = slice.content.content.map((block, nth) => {
    const isWhole = nth > 0 || slice.openStart === 0;
    return (isWhole && block.attrs.list ? "• " : "") + block.textContent;
  });
  return lines.join("\n");
}

/** The blocks in place of the selection: the first one goes on the line of the caret, unless both are a kind of their own. */
function pasted(state: EditorState, slice: Slice): Transaction | null {
  const [first, ...others] = slice.content.content;
  if (first?.type !== schema.nodes.block) return null;
  const tr = state.tr.deleteSelection();
  const { $from } = tr.selection;
  if ($from.depth === 0) return null;
  const hasKind = Object.values(first.attrs as BlockKind).some(Boolean);
  const onOwnLine = hasKind && others.length > 0 && $from.parentOffset > 0;
  if (hasKind && $from.parent.content.size === 0) dress(tr, $from.before(), first);
  const blocks = [...(onOwnLine ? [schema.node("block")] : []), first, ...others];
  tr.step(new ReplaceStep($from.pos, $from.pos, new Slice(Fragment.from(blocks), 1, 1)));
  const end = tr.mapping.slice(tr.steps.length - 1).map($from.pos);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
}

function dress(tr: Transaction, pos: number, like: Node): void {
  for (const [name, value] of Object.entries(like.attrs)) tr.setNodeAttribute(pos, name, value);
}
