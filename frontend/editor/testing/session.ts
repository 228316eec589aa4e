// A session of random gestures by two or three people, and the account of the words nobody deleted.
import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { exchange, exchangeAll, type Writer } from "./people";
import { Dice } from "./random";

/** How people work together in a session. */
export interface Scenario {
  readonly name: string;
  readonly people: number;
  readonly rounds: number;
  /** The most gestures one makes before the next exchange. */
  readonly burst: number;
  /** The share of gestures that are not typing a word. */
  readonly structure: number;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: "2 people online, one gesture between exchanges", people: 2, rounds: 12, burst: 1, structure: 0.5 },
  { name: "2 people offline, up to 8 gestures each", people: 2, rounds: 4, burst: 8, structure: 0.5 },
  { name: "3 people, mostly typing", people: 3, rounds: 6, burst: 4, structure: 0.15 },
];

export interface Block {
  readonly pos: number;
  readonly node: Node;
}
/** What a gesture gets: who makes it, where, and the account. */
export interface Turn<W extends Writer> {
  readonly writer: W;
  readonly block: Block;
  readonly dice: Dice;
  readonly account: Account;
}
export type Gesture<W extends Writer> = (turn: Turn<W>) => void;

/** Who wrote which word. A word leaves the account when somebody deletes it, or when its own author takes it back. */
export class Account {
  readonly #authors = new Map<string, Writer>();
  #count = 0;

  newWord(author: Writer, name: string): string {
    const word = `q${name}n${this.#count++}${this.#count % 7 === 0 ? "🙂" : ""}z`;
    this.#authors.set(word, author);
    return word;
  }

  deleted(words: string): void {
    for (const word of wordsIn(words)) this.#authors.delete(word);
  }

  /** Words that are gone after somebody's undo are only that person's to lose. */
  takenBack(by: Writer, before: string, after: string): void {
    const left = new Set(wordsIn(after));
    for (const word of wordsIn(before)) {
      if (!left.has(word) && this.#authors.get(word) === by) this.#authors.delete(word);
    }
  }

  get words(): string[] {
    return [...this.#authors.keys()];
  }
}

export function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** The words of the document, block by block. */
export function read(view: EditorView): string {
  return view.state.doc.textBetween(0, view.state.doc.content.size, "\n");
}

export function blocksOf(view: EditorView): Block[] {
  const found: Block[] = [];
  view.state.doc.descendants((node, pos) => {
    if (node.isTextblock) found.push({ pos, node });
    return !node.isTextblock;
  });
  return found;
}

/** A place at the edge of a word in the block. */
export function edge({ block, dice }: Turn<Writer>): number {
  const { textContent } = block.node;
  const edges = [0, textContent.length, ...[...textContent.matchAll(/ /g)].map((space) => space.index)];
  return block.pos + 1 + dice.one(edges);
}

/** Types a word of its own between two others. */
export function typeWord(turn: Turn<Writer>, name: string): void {
  const { view } = turn.writer;
  view.dispatch(view.state.tr.insertText(` ${turn.account.newWord(turn.writer, name)} `, edge(turn)));
}

export interface Outcome {
  words: number;
  lost: string[];
  /** Still there, but no longer a word of its own. */
  damaged: string[];
  doubled: string[];
  diverged: boolean;
}

/** Plays one session. `check` is called after every gesture and every exchange. */
export class Session<W extends Writer> {
  readonly account = new Account();
  readonly dice: Dice;

  constructor(
    readonly seed: number,
    readonly people: readonly W[],
    readonly gestures: readonly Gesture<W>[],
    readonly check: (people: readonly W[]) => void = () => {},
  ) {
    this.dice = new Dice(seed);
  }

  play(scenario: Scenario, split: Gesture<W>): Outcome {
    this.#begin(split);
    for (let round = 0; round < scenario.rounds; round++) {
      for (const writer of this.people) this.#work(writer, scenario);
      this.#meet();
    }
    exchangeAll(this.people);
    exchangeAll(this.people);
    return this.#outcome();
  }

  /** Six words in a few blocks that everybody starts from. */
  #begin(split: Gesture<W>): void {
    const writer = this.people[0] as W;
    for (let nth = 0; nth < 6; nth++) {
      typeWord(this.#turn(writer), `${this.seed}`);
      const last = blocksOf(writer.view).at(-1) as Block;
      if (nth % 2) split({ ...this.#turn(writer), block: { pos: last.pos, node: last.node } });
    }
    exchangeAll(this.people);
  }

  #work(writer: W, { burst, structure }: Scenario): void {
    for (let left = 1 + this.dice.below(burst); left > 0; left--) {
      if (this.dice.chance() > structure) typeWord(this.#turn(writer), `${this.seed}`);
      else this.dice.one(this.gestures)(this.#turn(writer));
      this.check([writer]);
    }
  }

  /** Mostly everybody hears from everybody; sometimes only two meet. */
  #meet(): void {
    if (this.people.length > 2 && this.dice.chance() < 0.3) {
      exchange(this.dice.one(this.people), this.dice.one(this.people));
    } else exchangeAll(this.people);
    this.check(this.people);
  }

  #turn(writer: W): Turn<W> {
    return { writer, block: this.dice.one(blocksOf(writer.view)), dice: this.dice, account: this.account };
  }

  #outcome(): Outcome {
    const texts = this.people.map(({ view }) => JSON.stringify(view.state.doc.toJSON()));
    const text = read((this.people[0] as W).view);
    const final = wordsIn(text);
    const whole = new Set(final);
    const { words } = this.account;
    return {
      words: words.length,
      lost: words.filter((word) => !text.includes(word)),
      damaged: words.filter((word) => text.includes(word) && !whole.has(word)),
      doubled: words.filter((word) => final.indexOf(word) !== final.lastIndexOf(word)),
      diverged: texts.some((text) => text !== texts[0]),
    };
  }
}
