// Edits on their way: gathered for a moment, kept on the device, sent, and forgotten when the server has them.
import * as Y from "yjs";
import type { Batch } from "./localstore";

/** Keystrokes closer together than this travel as one update. */
export const GATHER = 60;

/** Where unsent edits are kept; the device's store, or nothing in tests. */
export interface Keeper {
  keep(batch: Batch): Promise<void>;
  forget(ids: Iterable<string>): Promise<void>;
}

/** One message's worth of edits: all of one client id, for the server binds ids to people. */
export interface Parcel {
  ids: string[];
  update: Uint8Array;
}

interface Gathered {
  update: Uint8Array;
  client: number;
  roots: string[];
}

export class Outbox {
  /** Called with each new batch once it is gathered. */
  onBatch: (batch: Batch) => void = () => undefined;
  private readonly batches = new Map<string, Batch>();
  private gathered: Gathered[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flushedAt = 0;
  private order = 0;
  private readonly drafts = new Map<() => void, number>();

  constructor(
    private readonly keeper: Keeper,
    private readonly tab: string,
  ) {}

  get empty(): boolean {
    return this.batches.size + this.gathered.length + this.drafts.size === 0;
  }

  /** When the oldest edit that the server does not have was made. */
  get oldest(): number | null {
    const times = [...this.drafts.values()];
    for (const batch of this.batches.values()) times.push(batch.at);
    if (this.gathered.length) times.push(Date.now());
    return times.length ? Math.min(...times) : null;
  }

  get all(): Batch[] {
    return [...this.batches.values()];
  }

  /** A local edit. The first after a pause goes at once, the following ones together. */
  add(update: Uint8Array, client: number, roots: string[]): void {
    this.gathered.push({ update, client, roots });
    if (this.timer !== undefined) return;
    const wait = this.flushedAt + GATHER - Date.now();
    if (wait <= 0) this.flush();
    else this.timer = setTimeout(() => this.flush(), wait);
  }

  /** Something being typed that is not an edit yet, such as half a number in a cell; `commit` makes it one. */
  draft(commit: () => void): void {
    if (!this.drafts.has(commit)) this.drafts.set(commit, Date.now());
  }

  undraft(commit: () => void): void {
    this.drafts.delete(commit);
  }

  /** Makes edits of all drafts, and sends everything on its way: before the page or the right to write goes. */
  commit(): void {
    const drafts = [...this.drafts.keys()];
    this.drafts.clear();
    for (const commit of drafts) commit();
    this.flush();
  }

  /** Makes batches of what was gathered, one for each run of the same client id. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const runs = this.gathered.splice(0);
    if (!runs.length) return;
    this.flushedAt = Date.now();
    for (const run of runsOf(runs, (each) => each.client)) {
      const batch = this.batchOf(run);
      this.batches.set(batch.id, batch);
      void this.keeper.keep(batch);
      this.onBatch(batch);
    }
  }

  private batchOf(run: Gathered[]): Batch {
    this.order = Math.max(this.order + 1, Date.now());
    return {
      id: `${this.tab}-${this.order}`,
      order: this.order,
      client: run[0]?.client ?? 0,
      update: merged(run.map((each) => each.update)),
      roots: [...new Set(run.flatMap((each) => each.roots))],
      at: Date.now(),
    };
  }

  /** Takes over the batches of a closed tab, which are older than anything made here; returns those that are new. */
  adopt(batches: Batch[]): Batch[] {
    const unknown = batches.filter((batch) => !this.batches.has(batch.id));
    const own = this.all;
    this.batches.clear();
    for (const batch of [...unknown, ...own].sort((a, b) => a.order - b.order))
      this.batches.set(batch.id, batch);
    for (const batch of unknown) this.order = Math.max(this.order, batch.order);
    return unknown;
  }

  /** What is not yet under way, in as few messages as the server's rule of one client id each allows. */
  parcels(underWay: ReadonlySet<string>): Parcel[] {
    const waiting = this.all.filter((batch) => !underWay.has(batch.id));
    return runsOf(waiting, (batch) => batch.client).map((run) => ({
      ids: run.map((batch) => batch.id),
      update: merged(run.map((batch) => batch.update)),
    }));
  }

  /** The server has them, or the writer has been shown them: they need no keeping. */
  forget(ids: string[]): Batch[] {
    const gone = ids.flatMap((id) => this.batches.get(id) ?? []);
    for (const { id } of gone) this.batches.delete(id);
    if (gone.length) void this.keeper.forget(gone.map((batch) => batch.id));
    return gone;
  }

  destroy(): void {
    clearTimeout(this.timer);
  }
}

function merged(updates: Uint8Array[]): Uint8Array {
  return updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates);
}

function runsOf<T>(items: T[], key: (item: T) => unknown): T[][] {
  const runs: T[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && key(last[0]) === key(item)) last.push(item);
    else runs.push([item]);
  }
  return runs;
}

/** The names of the shared roots that a transaction touched. */
export function rootsOf(transaction: Y.Transaction): string[] {
  const names = [...transaction.changed.keys()].map((type) => {
    let root: typeof type = type;
    while (root._item) root = root._item.parent as typeof type;
    return Y.findRootTypeKey(root);
  });
  return [...new Set(names)];
}
