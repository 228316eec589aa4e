// What people do in our editor in a random session.
import type { Command } from "prosemirror-state";
import * as commands from "../commands";
import { redo, undo } from "../undo";
import type { Person } from "./people";
import { edge, type Gesture, read, type Turn } from "./session";

type Ours = Gesture<Person>;

/** A command at a place in the block. */
const atEdge =
  (command: Command): Ours =>
  (turn) =>
    void turn.writer.select(edge(turn)).do(command);
const atStart =
  (command: Command): Ours =>
  ({ writer, block }) =>
    void writer.select(block.pos + 1).do(command);

/** A command on some words of the block. */
const onWords =
  (command: Command): Ours =>
  (turn) => {
    const [from, to] = [edge(turn), edge(turn)].sort((one, other) => one - other) as [number, number];
    if (from < to) turn.writer.select(from, to).do(command);
  };

/** A command on the block and the one after it. */
const onBlocks =
  (command: Command): Ours =>
  ({ writer, block }) => {
    const end = Math.min(block.pos + block.node.nodeSize + 1, writer.view.state.doc.content.size - 1);
    writer.select(block.pos + 1, end).do(command);
  };

export const split = atEdge(commands.enter);
export const join = atStart(commands.backspace);

export const deleteBlock: Ours = ({ writer, block, account }) => {
  const { tr, doc } = writer.view.state;
  if (doc.childCount < 2) return;
  account.deleted(block.node.textContent);
  writer.view.dispatch(tr.delete(block.pos, block.pos + block.node.nodeSize));
};

/** Moves a block to the end in one transaction, as dragging does: its words are deleted and written again. */
export const moveBlock: Ours = ({ writer, block, account }) => {
  const { tr, doc } = writer.view.state;
  if (doc.childCount < 2) return;
  account.deleted(block.node.textContent);
  tr.insert(doc.content.size, block.node).delete(block.pos, block.pos + block.node.nodeSize);
  writer.view.dispatch(tr);
};

const takingBack =
  (command: Command): Ours =>
  ({ writer, account }: Turn<Person>) => {
    const before = read(writer.view);
    writer.do(command);
    account.takenBack(writer, before, read(writer.view));
  };

/** Gestures that only change what kind of thing the words are, and where blocks begin. */
export const STRUCTURE: readonly Ours[] = [
  split,
  join,
  atStart(commands.toggleHeading(3)),
  atStart(commands.toggleHeading(4)),
  onBlocks(commands.toggleList("bullet")),
  onBlocks(commands.toggleList("number")),
  atStart(commands.toggleQuote),
  onBlocks(commands.indent(1)),
  atStart(commands.indent(-1)),
  onWords(commands.toggleStrong),
  onWords(commands.toggleEmphasis),
  onWords(commands.setLink("https://example.nhs.uk/a")),
  deleteBlock,
  moveBlock,
];

/** The same and undo, which makes up a fifth of them. */
export const WITH_UNDO: readonly Ours[] = [
  ...STRUCTURE,
  takingBack(undo),
  takingBack(undo),
  takingBack(redo),
];
