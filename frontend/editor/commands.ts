// What a writer can do to blocks and words, and what the toolbar asks about the place the caret is in.
import { toggleMark } from "prosemirror-commands";
import type { MarkType, Node } from "prosemirror-model";
import { type Command, type EditorState, TextSelection, type Transaction } from "prosemirror-state";
import {
  type BlockKind,
  DEEPEST,
  type HeadingLevel,
  type ListKind,
  PLAIN,
  safeAddress,
  schema,
} from "./schema";

const { strong, em, link } = schema.marks as { strong: MarkType; em: MarkType; link: MarkType };

/** The kind of block the selection starts in. */
export function kindAt(state: EditorState): BlockKind {
  const { $from } = state.selection;
  return ($from.depth > 0 ? $from.parent : state.doc.firstChild)?.attrs as BlockKind;
}

export const isHeading = (state: EditorState, level: HeadingLevel) => kindAt(state).h === level;
export const isList = (state: EditorState, kind: ListKind) => kindAt(state).list === kind && !kindAt(state).h;
export const isQuote = (state: EditorState) => kindAt(state).quote === true;
export const isStrong = (state: EditorState) => isMarked(state, strong);
export const isEmphasis = (state: EditorState) => isMarked(state, em);

function isMarked(state: EditorState, type: MarkType): boolean {
  const { $from, from, to, empty } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}

/** Whether indent(by) would do anything here. */
export function canIndent(state: EditorState, by: 1 | -1): boolean {
  const { list, indent: depth } = kindAt(state);
  return list !== null && (by > 0 ? (depth ?? 0) < DEEPEST : (depth ?? 0) > 0);
}

/** The address of the link the selection is in or starts with; nothing elsewhere. */
export function linkAt(state: EditorState): string | null {
  const { $from, from, to, empty } = state.selection;
  const around = empty ? [$from.nodeBefore, $from.nodeAfter] : [];
  if (!empty) state.doc.nodesBetween(from, to, (node) => void around.push(node));
  const found = around.flatMap((node) => node?.marks ?? []).find((mark) => mark.type === link);
  return found ? String(found.attrs.href) : null;
}

/** Gives every block of the selection what `change` says about it. */
function setBlocks(change: (kind: BlockKind) => Partial<BlockKind>): Command {
  return (state, dispatch) => {
    const { tr, selection } = state;
    state.doc.nodesBetween(selection.from, selection.to, (node, pos) => {
      if (node.isTextblock)
        setKind(tr, pos, { ...(node.attrs as BlockKind), ...change(node.attrs as BlockKind) });
    });
    if (dispatch && tr.docChanged) dispatch(tr.scrollIntoView());
    return true;
  };
}

function setKind(tr: Transaction, pos: number, kind: BlockKind): void {
  const now = tr.doc.nodeAt(pos)?.attrs ?? {};
  for (const [name, value] of Object.entries(kind))
    if (now[name] !== value) tr.setNodeAttribute(pos, name, value);
}

/** Off if the first block has it already, else on for all: a heading is no list item, a list item no quotation. */
function toggle(isOn: (state: EditorState) => boolean, on: Partial<BlockKind>): Command {
  return (state, dispatch, view) => {
    const kind = isOn(state) ? PLAIN : { ...PLAIN, ...on };
    return setBlocks((was) => (kind.list && was.list ? { ...kind, indent: was.indent } : kind))(
      state,
      dispatch,
      view,
    );
  };
}

export const toggleHeading = (level: HeadingLevel) =>
  toggle((state) => isHeading(state, level), { h: level });
export const toggleList = (kind: ListKind) => toggle((state) => isList(state, kind), { list: kind });
export const toggleQuote = toggle(isQuote, { quote: true });
// A selection that is partly bold becomes bold as a whole, as in Word.
const WHOLE_FIRST = { removeWhenPresent: false };
export const toggleStrong = toggleMark(strong, null, WHOLE_FIRST);
export const toggleEmphasis = toggleMark(em, null, WHOLE_FIRST);
export const makePlain = setBlocks(() => PLAIN);

/** Moves list items one level in or out; everything else stays as it is. */
export function indent(by: 1 | -1): Command {
  return (state, dispatch, view) => {
    if (!canIndent(state, by)) return false;
    const moved = ({ list, indent: depth }: BlockKind) =>
      list ? { indent: Math.max(0, Math.min(DEEPEST, (depth ?? 0) + by)) || null } : {};
    return setBlocks(moved)(state, dispatch, view);
  };
}

/** Links the selected words or changes the link the caret is in; null takes the link away. */
export function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const address = href === null ? null : safeAddress(href);
    if (href !== null && address === null) return false;
    const tr = linked(state, address);
    if (dispatch && tr.docChanged) dispatch(tr.scrollIntoView());
    return true;
  };
}

function linked(state: EditorState, href: string | null): Transaction {
  const [from, to] = state.selection.empty ? linkAround(state) : [state.selection.from, state.selection.to];
  if (href === null) return state.tr.removeMark(from, to, link);
  if (from === to) return state.tr.insert(from, schema.text(href, [link.create({ href })]));
  return state.tr.addMark(from, to, link.create({ href }));
}

function linkAround(state: EditorState): [from: number, to: number] {
  const { $from } = state.selection;
  const href = linkAt(state);
  const isPart = (node: Node | null) => href !== null && node?.marks.some((mark) => mark.attrs.href === href);
  let [first, last] = [$from.index(), $from.index()];
  if (!isPart($from.parent.maybeChild(first)) && !isPart($from.nodeBefore)) return [$from.pos, $from.pos];
  while (first > 0 && isPart($from.parent.child(first - 1))) first--;
  while (isPart($from.parent.maybeChild(last))) last++;
  return [$from.posAtIndex(first), $from.posAtIndex(last)];
}

/** Enter: leaves an empty list item or quotation, else opens a block; a heading is followed by a paragraph. */
export const enter: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (empty && $from.parent.content.size === 0 && isKind(kindAt(state)))
    return plainer(state, dispatch, view);
  if (!dispatch) return true;
  const tr = state.tr.deleteSelection();
  const { $from: at } = tr.selection;
  const next = at.parent.attrs.h ? PLAIN : at.parent.attrs;
  if (at.parentOffset === 0 && at.parent.content.size > 0) tr.insert(at.before(), schema.node("block", next));
  else if (at.parentOffset < at.parent.content.size) tr.split(at.pos);
  else tr.split(at.pos, 1, [{ type: at.parent.type, attrs: next }]);
  dispatch(tr.scrollIntoView());
  return true;
};

const isKind = ({ h, list, quote }: BlockKind) => Boolean(h || list || quote);

/** One step back towards a plain paragraph. */
const plainer: Command = (state, dispatch, view) =>
  (canIndent(state, -1) ? indent(-1) : makePlain)(state, dispatch, view);

/** Backspace at the start of a block: first it becomes plain, then it joins the block above. */
export const backspace: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.depth === 0) return false;
  if (isKind(kindAt(state))) return plainer(state, dispatch, view);
  if (dispatch && $from.index(0) > 0) dispatch(joinedAbove(state, $from.before()).scrollIntoView());
  return true;
};

/** Delete at the end of a block: the block below joins it. */
export const deleteForward: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth === 0 || $from.parentOffset < $from.parent.content.size) return false;
  if (dispatch && $from.index(0) < state.doc.childCount - 1)
    dispatch(joinedAbove(state, $from.after()).scrollIntoView());
  return true;
};

/** An empty block gives way to the one it meets, so that a heading below stays a heading. */
function joinedAbove(state: EditorState, boundary: number): Transaction {
  const above = state.doc.resolve(boundary).nodeBefore;
  if (above?.content.size === 0) return state.tr.delete(boundary - above.nodeSize, boundary);
  return state.tr.join(boundary);
}

/** Selects the text of the whole section. */
export const selectAll: Command = (state, dispatch) => {
  dispatch?.(
    state.tr.setSelection(
      TextSelection.between(state.doc.resolve(0), state.doc.resolve(state.doc.content.size)),
    ),
  );
  return true;
};
