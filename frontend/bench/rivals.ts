// The editors we are compared with, playing the same sessions through their own commands.
import { Editor, Extension } from "@tiptap/core";
import Collaboration from "@tiptap/extension-collaboration";
import StarterKit from "@tiptap/starter-kit";
import { joinBackward, splitBlock } from "prosemirror-commands";
import { type Command, TextSelection } from "prosemirror-state";
import { ySyncPlugin } from "y-prosemirror";
import * as Y from "yjs";
import * as commands from "../editor/commands";
import { type Person, people, type Writer } from "../editor/testing/people";
import { edge, type Gesture, type Turn } from "../editor/testing/session";

/** A writer that has to be put away after the session. */
export interface Contestant extends Writer {
  editor?: Editor;
}
export interface Rival {
  readonly name: string;
  open(count: number): Contestant[];
  readonly split: Gesture<Contestant>;
  readonly gestures: readonly Gesture<Contestant>[];
}

function putCaret({ writer: { view } }: Turn<Contestant>, pos: number): void {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
}

function run({ writer: { view } }: Turn<Contestant>, command: Command): void {
  command(view.state, view.dispatch, view);
}

/** Tiptap's own command with the caret at the start of the block. */
const tiptap =
  (act: (editor: Editor) => void): Gesture<Contestant> =>
  (turn) => {
    putCaret(turn, turn.block.pos + 1);
    if (turn.writer.editor) act(turn.writer.editor);
  };

/** Our own command with the caret at the start of the block. */
const ours =
  (command: Command): Gesture<Contestant> =>
  (turn) => {
    putCaret(turn, turn.block.pos + 1);
    run(turn, command);
  };

const bold =
  (mark: string): Gesture<Contestant> =>
  ({ writer: { view }, block }) => {
    const type = view.state.schema.marks[mark];
    const from = block.pos + 1;
    if (type && block.node.content.size)
      view.dispatch(view.state.tr.addMark(from, from + block.node.content.size, type.create()));
  };

/** Deletes the block and what would stay empty around it. */
const deleteBlock: Gesture<Contestant> = ({ writer: { view }, block, account }) => {
  const $inside = view.state.doc.resolve(block.pos + 1);
  let depth = $inside.depth;
  while (depth > 1 && $inside.node(depth - 1).childCount === 1) depth--;
  if ($inside.node(depth - 1).childCount === 1) return;
  account.deleted(block.node.textContent);
  view.dispatch(view.state.tr.delete($inside.before(depth), $inside.after(depth)));
};

const splitting =
  (command: Command): Gesture<Contestant> =>
  (turn) => {
    putCaret(turn, edge(turn));
    run(turn, command);
  };
const joining =
  (command: Command): Gesture<Contestant> =>
  (turn) => {
    if (turn.block.pos > 0) ours(command)(turn);
  };

const TREE = {
  split: splitting(splitBlock),
  gestures: [
    tiptap((editor) => editor.commands.toggleHeading({ level: 3 })),
    tiptap((editor) => editor.commands.toggleBulletList()),
    splitting(splitBlock),
    joining(joinBackward),
    bold("bold"),
    deleteBlock,
  ],
};

function editors(count: number, collaboration: (fragment: Y.XmlFragment) => Extension): Contestant[] {
  return Array.from({ length: count }, () => {
    const doc = new Y.Doc();
    const extensions = [
      StarterKit.configure({ undoRedo: false, trailingNode: false }),
      collaboration(doc.getXmlFragment("case")),
    ];
    const element = document.body.appendChild(document.createElement("div"));
    const editor = new Editor({ element, extensions });
    return { doc, editor, view: editor.view };
  });
}

const syncOnly = (fragment: Y.XmlFragment) =>
  Extension.create({ name: "sync", addProseMirrorPlugins: () => [ySyncPlugin(fragment)] });

let hosts: Person[] = [];
function coprod(count: number): Person[] {
  for (const { view } of hosts) view.destroy();
  hosts = people(count);
  return hosts;
}

export const RIVALS: readonly Rival[] = [
  {
    name: "Tiptap",
    open: (count) => editors(count, (fragment) => Collaboration.configure({ fragment })),
    ...TREE,
  },
  { name: "y-prosemirror", open: (count) => editors(count, syncOnly), ...TREE },
  {
    name: "coprod",
    open: coprod,
    split: splitting(commands.enter),
    gestures: [
      ours(commands.toggleHeading(3)),
      ours(commands.toggleList("bullet")),
      splitting(commands.enter),
      joining(commands.backspace),
      bold("strong"),
      deleteBlock,
    ],
  },
];
