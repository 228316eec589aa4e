// What all lists of threads on a page share: the threads, which are shown, which one is active, what is half written.
import { ObservableV2 } from "lib0/observable";
import { type Anchor, anchorAt, type Place, type Range, rangesOf, showAnchors } from "../../editor/anchors";
import { Drafts } from "../../editor/drafts";
import { fullName } from "../../editor/presence";
import type { Section } from "../../editor/section";
import { Session } from "../../editor/session";
import { type Thread, ThreadStore } from "../../editor/threads";
import { chooses, type Filter } from "./filters";
import { Names } from "./names";

/** The id of what is being written, which has no thread yet. */
export const WRITING = 0;

type Events = {
  /** Threads, marks or choices have changed: look at everything again. */
  change: () => void;
  /** The words of a section have moved: cards follow. */
  moved: () => void;
};

const LOOK_AGAIN = 1_200;
/** The server waits half a minute for words that were cut to be pasted. */
const GRACE = 31_000;

const margins = new WeakMap<Session, Margin>();

export class Margin extends ObservableV2<Events> {
  readonly store: ThreadStore;
  readonly drafts: Drafts;
  readonly names: Names;
  filter: Filter = "open";
  active: number | null = null;
  trouble = "";
  /** What is selected for a new thread, by section. */
  private readonly writing = new Map<string, Anchor>();
  private readonly asked = new Map<number, string>();
  private readonly heard = new Map<number, number>();

  static of(element: Element): Margin {
    const session = Session.of(element);
    const margin = margins.get(session) ?? new Margin(session);
    margins.set(session, margin);
    return margin;
  }

  private constructor(readonly session: Session) {
    super();
    this.drafts = new Drafts(session.you.id, session.provider.address.document);
    this.names = new Names(session.provider.address.document);
    this.store = new ThreadStore(session.provider);
    this.store.on("change", (ids) => {
      this.tell(ids);
      this.refresh();
    });
    this.store.on("trouble", (sentence) => {
      this.trouble = sentence;
      this.emit("change", []);
    });
    for (const section of session.sections.values()) this.watch(section);
    session.onSection.add((section) => this.watch(section));
  }

  private watch(section: Section): void {
    const { key } = section.options;
    let seen = "";
    section.onAnchors.add(() => {
      this.compare();
      // Most edits move words without changing which threads there are, and in which order.
      const now = JSON.stringify(this.shownIn(key).map((thread) => [thread.id, this.isGone(thread)]));
      if (now !== seen) this.refresh();
      seen = now;
    });
    section.onChange.add(() => {
      this.follow(section);
      this.emit("moved", []);
    });
    this.mark();
    this.refresh();
  }

  /** The caret among somebody's words opens their thread; one without words waits for some to be selected. */
  private follow({ view }: Section): void {
    if (document.activeElement !== view.dom) return;
    const at = anchorAt(view.state);
    const open = this.active === null ? undefined : this.store.threads.get(this.active);
    if (at === WRITING || (at === null && open && this.isGone(open))) return;
    this.activate(at);
  }

  activate(id: number | null): void {
    if (id === this.active) return;
    this.active = id;
    this.refresh();
    const thread = id === null ? undefined : this.store.threads.get(id);
    if (thread) void this.store.read(thread);
  }

  choose(filter: Filter): void {
    this.filter = filter;
    this.refresh();
  }

  refresh(): void {
    this.mark();
    this.compare();
    this.emit("change", []);
  }

  // -- words and threads -----------------------------------------------------------------------------
  rangeOf(section: string, id: number): Range | null {
    const view = this.session.sections.get(section)?.view;
    return (view && rangesOf(view.state).get(id)) ?? null;
  }

  /** Whether its words cannot be seen in the text: gone for good, or just now. */
  isGone(thread: Thread): boolean {
    if (thread.anchor.state === "section") return false;
    if (this.rangeOf(thread.section, thread.id)) return false;
    const looked = this.session.sections.has(thread.section) && thread.state !== "resolved";
    return thread.anchor.state === "detached" || looked;
  }

  /** The threads of one section that the filter lets through: what has lost its words first, then as the text goes. */
  shownIn(section: string): Thread[] {
    const place = (thread: Thread): number => {
      if (this.isGone(thread)) return -2;
      if (thread.anchor.state === "section") return -1;
      return this.rangeOf(section, thread.id)?.from ?? thread.anchor.at?.start ?? 0;
    };
    return this.all
      .filter((thread) => thread.section === section && this.shows(thread))
      .map((thread) => [place(thread), thread] as const)
      .sort(([one, a], [other, b]) => one - other || a.id - b.id)
      .map(([, thread]) => thread);
  }

  get all(): Thread[] {
    return [...this.store.threads.values()];
  }

  private shows(thread: Thread): boolean {
    return chooses(this.filter, thread, { you: this.session.you, gone: this.isGone(thread) });
  }

  count(filter: Filter): number {
    const { you } = this.session;
    return this.all.filter((thread) => chooses(filter, thread, { you, gone: this.isGone(thread) })).length;
  }

  /** Marks the words of a thread that does not exist yet. */
  write(section: string, anchor: Anchor | null): void {
    if (anchor) this.writing.set(section, anchor);
    else this.writing.delete(section);
    this.refresh();
  }

  private mark(): void {
    for (const [key, { view }] of this.session.sections) {
      const places: Place[] = this.all
        .filter((thread) => thread.section === key && thread.anchor.start !== null)
        .filter(
          (thread) => thread.state !== "resolved" || (this.filter === "all" && thread.id === this.active),
        )
        .map(({ id, anchor: { start, end } }) => ({ id, start, end }));
      const writing = this.writing.get(key);
      if (writing) places.push({ id: WRITING, start: writing.start, end: writing.end });
      showAnchors(view, places, writing ? WRITING : this.active);
    }
  }

  /** Where this page sees something else than the server did when it last looked, the server is asked to look. */
  private compare(): void {
    for (const thread of this.all) {
      const pause = this.doubts(thread);
      if (pause === null) continue;
      // Not all pages at the same moment: the first answer is news for the others.
      setTimeout(() => void this.store.ask(thread.id), pause * (1 + Math.random() / 10));
    }
  }

  /** When to ask about a thread; once for each thing that can be seen of it. */
  private doubts(thread: Thread): number | null {
    const { state, missing_since: missing, start } = thread.anchor;
    const concerned = state !== "section" && thread.state !== "resolved";
    if (!concerned || !this.session.sections.has(thread.section)) return null;
    const here = this.rangeOf(thread.section, thread.id) !== null;
    const differs = here === (state === "detached" || missing !== null);
    // Pasted, or undone by somebody else: the words are there, but as other characters.
    const said = !here && this.says(thread);
    const key = JSON.stringify([here, said, state, missing, start]);
    if (this.asked.get(thread.id) === key) return null;
    this.asked.set(thread.id, key);
    if (differs || said) return LOOK_AGAIN;
    return state === "anchored" && missing !== null ? GRACE : null;
  }

  private says({ section, anchor }: Thread): boolean {
    const text = this.session.sections.get(section)?.options.text.toString() ?? "";
    return [anchor.current, anchor.quote].some((words) => words !== "" && text.includes(words));
  }

  // -- news ------------------------------------------------------------------------------------------
  /** Read out: what others have written since this page was opened. */
  private tell(ids: number[]): void {
    for (const id of ids) {
      const comments = this.store.threads.get(id)?.comments ?? [];
      const last = comments.at(-1);
      const known = this.heard.get(id) ?? (this.heard.size ? 0 : comments.length);
      this.heard.set(id, comments.length);
      if (last && comments.length > known && !last.is_mine && ids.length === 1)
        this.session.announcer.say(`thread ${id}`, this.news(id, comments.length));
    }
  }

  private news(id: number, many: number): string {
    const thread = this.store.threads.get(id);
    const last = thread?.comments.at(-1);
    if (!thread || !last) return "";
    const deed = many === 1 ? "commented on" : "replied in";
    return `${fullName(last.by)} ${deed} ${this.session.titleOf(thread.section)}.`;
  }
}
