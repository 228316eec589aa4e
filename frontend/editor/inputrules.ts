// Signs at the start of a paragraph that writers know from elsewhere: "- ", "1. ", "## ", "> ".
import { InputRule, inputRules } from "prosemirror-inputrules";
import type { Plugin } from "prosemirror-state";
import { type BlockKind, PLAIN } from "./schema";

/** Turns the plain paragraph that starts with the sign into that kind of block, and removes the sign. */
function blockRule(sign: RegExp, kind: Partial<BlockKind>): InputRule {
  return new InputRule(sign, (state, _match, from, to) => {
    const $from = state.doc.resolve(from);
    const { h, list, quote } = $from.parent.attrs as BlockKind;
    if ($from.parentOffset > 0 || h || list || quote) return null;
    const tr = state.tr.delete(from, to);
    for (const [name, value] of Object.entries({ ...PLAIN, ...kind })) {
      if ($from.parent.attrs[name] !== value) tr.setNodeAttribute($from.before(), name, value);
    }
    return tr;
  });
}

export function writingRules(): Plugin {
  return inputRules({
    rules: [
      blockRule(/^[-*•]\s$/, { list: "bullet" }),
      blockRule(/^1[.)]\s$/, { list: "number" }),
      blockRule(/^##?\s$/, { h: 3 }),
      blockRule(/^###\s$/, { h: 4 }),
      blockRule(/^>\s$/, { quote: true }),
    ],
  });
}
