// All that makes an editor of one section: the bond with its text, undo, keys, writing rules and paste.
import { baseKeymap, chainCommands, deleteSelection } from "prosemirror-commands";
import { undoInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import type { Command, Plugin } from "prosemirror-state";
import type * as Y from "yjs";
import { FlatBinding } from "./binding";
import * as commands from "./commands";
import { writingRules } from "./inputrules";
import { pastePlugin } from "./paste";
import { OwnUndo, redo, undo } from "./undo";

export interface EditorOptions {
  text: Y.Text;
  /** Made here unless the caller keeps its own. */
  binding?: FlatBinding;
  /** Edits within this many milliseconds are undone together. */
  undoPause?: number;
  /** Asked for with Ctrl+K. */
  askForLink?: Command;
}

/** Keeps the browser's own undo and its like away even when there is nothing to do. */
const always: Command = () => true;

export function editorPlugins({
  text,
  binding = new FlatBinding(text),
  undoPause,
  askForLink,
}: EditorOptions): Plugin[] {
  return [
    binding.plugin(),
    new OwnUndo(binding, undoPause).plugin(),
    writingRules(),
    pastePlugin(),
    keymap(keys(askForLink ?? (() => false))),
    keymap(baseKeymap),
  ];
}

function keys(askForLink: Command): Record<string, Command> {
  const backspace = chainCommands(undoInputRule, deleteSelection, commands.backspace);
  const remove = chainCommands(deleteSelection, commands.deleteForward);
  return {
    "Mod-z": chainCommands(undo, always),
    "Mod-y": chainCommands(redo, always),
    "Shift-Mod-z": chainCommands(redo, always),
    "Mod-b": commands.toggleStrong,
    "Mod-i": commands.toggleEmphasis,
    "Mod-k": askForLink,
    "Mod-]": chainCommands(commands.indent(1), always),
    "Mod-[": chainCommands(commands.indent(-1), always),
    "Shift-Mod-7": commands.toggleList("number"),
    "Shift-Mod-8": commands.toggleList("bullet"),
    "Shift-Mod-9": commands.toggleQuote,
    "Mod-a": commands.selectAll,
    Enter: commands.enter,
    "Shift-Enter": commands.enter,
    Backspace: backspace,
    "Shift-Backspace": backspace,
    "Mod-Backspace": backspace,
    Delete: remove,
    "Mod-Delete": remove,
  };
}
