// The buttons of the toolbar: what each is called, how it is drawn, what it does and when it is on.
import type { Command, EditorState } from "prosemirror-state";
import * as commands from "../../editor/commands";
import { redo, undo } from "../../editor/undo";

export interface Tool {
  key: string;
  /** What is written on it; it begins the name that is spoken. */
  label: string;
  /** The label is written out where there is room; the sign alone would not be understood. */
  worded?: true;
  /** Said after the label. */
  more?: string;
  /** Drawn instead of the label where room is short: an SVG path in a 24 by 24 box, or a letter. */
  path?: string;
  letter?: string;
  command: Command | "link" | "comment";
  isOn?: (state: EditorState) => boolean;
  can?: (state: EditorState) => boolean;
}

const LINES = "M9 5h12v2H9zM9 11h12v2H9zM9 17h12v2H9z";

export const TOOLS: Tool[] = [
  {
    key: "heading",
    label: "Heading",
    worded: true,
    letter: "H",
    command: commands.toggleHeading(3),
    isOn: (state) => commands.isHeading(state, 3),
  },
  {
    key: "smaller",
    label: "Smaller heading",
    worded: true,
    letter: "h",
    command: commands.toggleHeading(4),
    isOn: (state) => commands.isHeading(state, 4),
  },
  {
    key: "bold",
    label: "Bold",
    more: "Control B",
    letter: "B",
    command: commands.toggleStrong,
    isOn: commands.isStrong,
  },
  {
    key: "italic",
    label: "Italic",
    more: "Control I",
    letter: "I",
    command: commands.toggleEmphasis,
    isOn: commands.isEmphasis,
  },
  {
    key: "bullets",
    label: "Bullets",
    path: `${LINES}M4 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM4 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM4 16a2 2 0 1 1 0 4 2 2 0 0 1 0-4z`,
    command: commands.toggleList("bullet"),
    isOn: (state) => commands.isList(state, "bullet"),
  },
  {
    key: "numbers",
    label: "Numbers",
    path: `${LINES}M3 3h2v6H3.5V4.6H3zM2 10h4v1.4L4.2 13.6H6V15H2v-1.3l1.9-2.3H2zM2 16h4v5H2v-1.2h2.5v-.8H3v-1h1.5v-.8H2z`,
    command: commands.toggleList("number"),
    isOn: (state) => commands.isList(state, "number"),
  },
  {
    key: "indent",
    label: "Indent",
    more: "Control right bracket",
    path: `M11 5h10v2H11zM11 11h10v2H11zM11 17h10v2H11zM3 7l5 5-5 5z`,
    command: commands.indent(1),
    can: (state) => commands.canIndent(state, 1),
  },
  {
    key: "outdent",
    label: "Outdent",
    more: "Control left bracket",
    path: `M11 5h10v2H11zM11 11h10v2H11zM11 17h10v2H11zM8 7l-5 5 5 5z`,
    command: commands.indent(-1),
    can: (state) => commands.canIndent(state, -1),
  },
  {
    key: "quote",
    label: "Quote",
    path: "M4 6h7v7l-3 5H5l2-5H4zM14 6h7v7l-3 5h-3l2-5h-3z",
    command: commands.toggleQuote,
    isOn: commands.isQuote,
  },
  {
    key: "link",
    label: "Link",
    worded: true,
    more: "Control K",
    path: "M10 7v2H7a3 3 0 0 0 0 6h3v2H7A5 5 0 0 1 7 7zM14 7h3a5 5 0 0 1 0 10h-3v-2h3a3 3 0 0 0 0-6h-3zM8 11h8v2H8z",
    command: "link",
    isOn: (state) => commands.linkAt(state) !== null,
  },
  {
    key: "comment",
    label: "Comment",
    worded: true,
    more: "Control Alt M",
    path: "M4 4h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-9l-5 4v-4H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zm1 2v9h3v2l2.5-2H19V6z",
    command: "comment",
  },
  {
    key: "undo",
    label: "Undo",
    more: "Control Z, your own edits only",
    path: "M9 4 3 9.5 9 15v-4h5a3.5 3.5 0 0 1 0 7H8v2h6a5.5 5.5 0 0 0 0-11H9z",
    command: undo,
    can: (state) => undo(state),
  },
  {
    key: "redo",
    label: "Redo",
    more: "Control Y",
    path: "M15 4l6 5.5-6 5.5v-4h-5a3.5 3.5 0 0 0 0 7h6v2h-6a5.5 5.5 0 0 1 0-11h5z",
    command: redo,
    can: (state) => redo(state),
  },
];
