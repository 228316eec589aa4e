// The threads beside one document: fetched once, then one by one as the server hints at them.
import { ObservableV2 } from "lib0/observable";
import { Refusal, request } from "../lib/http";
import type { Anchor } from "./anchors";
import type { CoprodProvider } from "./provider";
import type { Hint, Identity } from "./wire";

export type Kind = "comment" | "question" | "change_request" | "patient_point";
export type Act = "reply" | "answer" | "resolve" | "reopen" | "change" | "reattach";
export interface Grant {
  allowed: boolean;
  reason: string;
}

export interface Comment {
  number: number;
  by: Identity;
  /** Markdown, as it was written; empty once deleted. */
  body: string;
  is_answer: boolean;
  is_mine: boolean;
  at: string;
  edited_at: string | null;
  deleted_at: string | null;
  hidden_at: string | null;
  hidden_why: string;
  /** The reader may hide it, or show it again. */
  can_moderate: boolean;
}

export interface Thread {
  id: number;
  url: string;
  section: string;
  /** Begun on a text that was handed in, for the committee that has the proposal now. */
  committee_reads: boolean;
  kind: Kind;
  /** The side it is for; empty for everybody. */
  addressed: string;
  /** It is to be settled before the text is handed in. */
  blocking: boolean;
  state: "open" | "answered" | "resolved";
  opened_by: Identity;
  changed_at: string;
  settled: { by: { name: string } | null } | null;
  anchor: {
    state: "section" | "anchored" | "detached";
    start: unknown;
    end: unknown;
    quote: string;
    current: string;
    at: { start: number; end: number } | null;
    missing_since: string | null;
    removed_by: { name: string } | null;
  };
  comments: Comment[];
  unread: number;
  abilities: Record<Act, Grant>;
  not_mentioned: string[];
}

export interface NewThread {
  section: string;
  body: string;
  kind: Kind;
  addressed: string;
  blocking: boolean;
  /** Asked for as late as can be: the words may be written in while the last edits are saved. */
  anchor: () => Anchor | null;
}

interface Page {
  next: string | null;
  results: Thread[];
}

type Events = {
  /** These have come, changed or gone. */
  change: (ids: number[]) => void;
  /** The list could not be fetched; empty once it could. */
  trouble: (sentence: string) => void;
};

/** Without a socket the list is fetched all the same, this much later. */
const PATIENCE = 3_000;
/** Words count for the server once they are saved. */
const SAVING = 4_000;
const AGAIN = 400;

export class ThreadStore extends ObservableV2<Events> {
  readonly threads = new Map<number, Thread>();
  /** Being fetched now; true if there was another hint meanwhile. */
  private readonly asking = new Map<number, boolean>();
  private readonly waiting: ReturnType<typeof setTimeout>;
  private readonly address: string;

  constructor(private readonly provider: CoprodProvider) {
    super();
    this.address = `/api/documents/${provider.address.document}/threads/`;
    provider.on("event", (hint) => this.hear(hint));
    // Whatever happened while the line was down was not heard.
    provider.on("synced", () => void this.load());
    this.waiting = setTimeout(() => void this.load(), PATIENCE);
    if (provider.everSynced) void this.load();
  }

  private hear(hint: Hint): void {
    if (hint.type === "thread" && hint.document === this.provider.address.document)
      void this.ask(Number(hint.thread));
  }

  /** All of them; those that are no longer listed are gone. */
  async load(): Promise<void> {
    clearTimeout(this.waiting);
    try {
      const found: Thread[] = [];
      let address: string | null = `${this.address}?limit=500`;
      while (address) {
        const page: Page = await request<Page>("GET", address);
        found.push(...page.results);
        address =
          page.next && new URL(page.next, location.href).pathname + new URL(page.next, location.href).search;
      }
      const ids = new Set([...this.threads.keys(), ...found.map((thread) => thread.id)]);
      this.threads.clear();
      for (const thread of found) this.threads.set(thread.id, thread);
      this.emit("trouble", [""]);
      this.emit("change", [[...ids]]);
    } catch (error) {
      this.emit("trouble", [sentenceOf(error)]);
    }
  }

  /** One of them again; several hints about one thread at once lead to two requests at most. */
  async ask(id: number): Promise<void> {
    if (this.asking.has(id)) {
      this.asking.set(id, true);
      return;
    }
    this.asking.set(id, false);
    try {
      this.take(await request<Thread>("GET", `/api/threads/${id}/`));
    } catch (error) {
      if (error instanceof Refusal && [403, 404].includes(error.status)) this.drop(id);
    }
    const again = this.asking.get(id);
    this.asking.delete(id);
    if (again) await this.ask(id);
  }

  /** An answer that overtook a newer one is passed over. */
  take(thread: Thread): Thread {
    const known = this.threads.get(thread.id);
    if (known && known.changed_at > thread.changed_at) return known;
    this.threads.set(thread.id, thread);
    this.emit("change", [[thread.id]]);
    return thread;
  }

  private drop(id: number): void {
    if (this.threads.delete(id)) this.emit("change", [[id]]);
  }

  async open(given: NewThread): Promise<Thread> {
    const thread = await this.insistently(() =>
      request<Thread>("POST", this.address, { ...given, anchor: given.anchor() }),
    );
    return this.take(thread);
  }

  /** Once more if the words did not agree: somebody may be typing in them at this moment. */
  private async insistently<T>(deed: () => Promise<T>): Promise<T> {
    await this.provider.settle(SAVING);
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 409) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
      return await deed();
    }
  }

  async reply(thread: Thread, body: string, answers: boolean): Promise<Thread> {
    return this.take(await request<Thread>("POST", `${thread.url}comments/`, { body, answers }));
  }

  async edit(thread: Thread, number: number, body: string): Promise<Thread> {
    return this.take(await request<Thread>("PATCH", `${thread.url}comments/${number}/`, { body }));
  }

  async remove(thread: Thread, number: number): Promise<Thread> {
    return this.take(await request<Thread>("DELETE", `${thread.url}comments/${number}/`));
  }

  async hide(thread: Thread, number: number, why: string): Promise<Thread> {
    return this.take(await request<Thread>("POST", `${thread.url}comments/${number}/hiding/`, { why }));
  }

  async showAgain(thread: Thread, number: number): Promise<Thread> {
    return this.take(await request<Thread>("DELETE", `${thread.url}comments/${number}/hiding/`));
  }

  async change(thread: Thread, nature: Pick<Thread, "kind" | "addressed" | "blocking">): Promise<Thread> {
    return this.take(await request<Thread>("PATCH", thread.url, nature));
  }

  async resolve(thread: Thread): Promise<Thread> {
    return this.take(await request<Thread>("POST", `${thread.url}resolution/`, {}));
  }

  async reopen(thread: Thread): Promise<Thread> {
    return this.take(await request<Thread>("DELETE", `${thread.url}resolution/`));
  }

  async attach(thread: Thread, anchor: Anchor): Promise<Thread> {
    return this.take(await this.insistently(() => request<Thread>("PUT", `${thread.url}anchor/`, anchor)));
  }

  /** For the reader alone; nobody else hears of it. */
  async read(thread: Thread): Promise<void> {
    if (!thread.unread) return;
    this.threads.set(thread.id, { ...thread, unread: 0 });
    this.emit("change", [[thread.id]]);
    await request("PUT", `${thread.url}reading/`, {}).catch(() => undefined);
  }

  override destroy(): void {
    clearTimeout(this.waiting);
    super.destroy();
  }
}

export function sentenceOf(error: unknown): string {
  return error instanceof Refusal ? error.message : "Something went wrong. Try again.";
}
