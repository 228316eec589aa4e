// Who can be called in the margin: asked of the server, which alone decides whom a comment reaches.
import { request } from "../../lib/http";

/** What can be written after @, and whom it calls. */
export interface Name {
  call: string;
  people: string[];
  side: string | null;
  is_side: boolean;
}

/** The call that is being written: where its @ stands, and what follows it so far. */
export interface Call {
  at: number;
  said: string;
}

const CALL = /(?<![\p{L}\p{N}_.@/+-])@((?:[\p{L}\p{N}_][\p{L}\p{N}_'\u2019 -]{0,60})?)$/u;
/** Somebody may be invited while the page is open. */
const FRESH = 60_000;
const MOST = 8;

/** Nothing where the caret is not in a call; an address such as ben@example.nhs.uk calls nobody. */
export function callAt(text: string, caret: number): Call | null {
  const found = CALL.exec(text.slice(0, caret));
  return found ? { at: found.index, said: found[1] ?? "" } : null;
}

/** Those that begin so, then those whose second or later name does. */
export function fitting(names: readonly Name[], said: string): Name[] {
  const wanted = said.toLocaleLowerCase("en");
  const begins = (words: string): boolean => words.toLocaleLowerCase("en").startsWith(wanted);
  const first = names.filter(({ call }) => begins(call));
  const later = names.filter(
    (name) => !first.includes(name) && !name.is_side && name.call.split(/[\s-]+/).some(begins),
  );
  return [...first, ...later].slice(0, MOST);
}

export class Names {
  private asked = 0;
  private answer: Promise<Name[]> = Promise.resolve([]);

  constructor(private readonly document: number) {}

  /** Without an answer there is nothing to choose from; names can be written out all the same. */
  all(): Promise<Name[]> {
    if (Date.now() - this.asked > FRESH) {
      this.asked = Date.now();
      this.answer = request<Name[]>("GET", `/api/documents/${this.document}/names/`).catch(() => {
        this.asked = 0;
        return [];
      });
    }
    return this.answer;
  }
}
