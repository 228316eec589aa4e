// The requests about threads: which hints lead to which, and what becomes of the answers.
import { ObservableV2 } from "lib0/observable";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CoprodProvider } from "./provider";
import { thread } from "./testing/threads";
import { ThreadStore } from "./threads";
import type { Hint } from "./wire";

type Answer = { status?: number; body?: unknown };

type Heard = { event: (hint: Hint) => void; synced: () => void };

class Provider extends ObservableV2<Heard> {
  address = { document: 3 };
  everSynced = false;
  settle = vi.fn(async () => true);
  hear(hint: Hint): void {
    this.emit("event", [hint]);
  }
}

let asked: string[];
let answers: Map<string, Answer[]>;
let provider: Provider;
let store: ThreadStore;

function answer(url: string, ...all: Answer[]): void {
  answers.set(url, all);
}

beforeEach(() => {
  asked = [];
  answers = new Map();
  vi.stubGlobal("fetch", async (url: string, { method }: RequestInit) => {
    asked.push(`${method} ${url}`);
    await Promise.resolve();
    const all = answers.get(url) ?? [];
    const { status = 200, body = {} } = (all.length > 1 ? all.shift() : all[0]) ?? { status: 404 };
    return new Response(JSON.stringify(body), { status });
  });
  provider = new Provider();
  store = new ThreadStore(provider as unknown as CoprodProvider);
});
afterEach(() => {
  store.destroy();
  vi.unstubAllGlobals();
});

const LIST = "/api/documents/3/threads/?limit=500";

describe("threads", () => {
  it("[FE74] are fetched page by page, and again when the line is back", async () => {
    answer(LIST, { body: { next: "http://x.example/api/more?offset=1", results: [thread(1)] } });
    answer("/api/more?offset=1", { body: { next: null, results: [thread(2)] } });
    await store.load();
    expect([...store.threads.keys()]).toEqual([1, 2]);
    answer(LIST, { body: { next: null, results: [thread(2)] } });
    provider.emit("synced", []);
    await vi.waitFor(() => expect([...store.threads.keys()]).toEqual([2]));
  });

  it("[FE74] are asked for one by one at a hint, twice at most for many", async () => {
    answer("/api/threads/5/", { body: thread(5) });
    for (let n = 0; n < 10; n++) provider.hear({ type: "thread", thread: 5, document: 3 });
    provider.hear({ type: "thread", thread: 6, document: 4 });
    provider.hear({ type: "epoch", thread: 7, document: 3 });
    await vi.waitFor(() => expect(asked).toEqual(["GET /api/threads/5/", "GET /api/threads/5/"]));
    expect(store.threads.has(5)).toBe(true);
  });

  it("[FE74] keep the newest answer, and go with the right to see them", async () => {
    store.take(thread(5, { changed_at: "2026-01-02", state: "resolved" }));
    store.take(thread(5, { changed_at: "2026-01-01", state: "open" }));
    expect(store.threads.get(5)?.state).toBe("resolved");
    answer("/api/threads/5/", { status: 403 });
    await store.ask(5);
    expect(store.threads.size).toBe(0);
  });

  it("[FE74] stay as they are while the service cannot be reached, and the page says so", async () => {
    const said: string[] = [];
    store.on("trouble", (sentence) => said.push(sentence));
    store.take(thread(5));
    answer(LIST, { status: 503 });
    await store.load();
    answer("/api/threads/5/", { status: 503 });
    await store.ask(5);
    expect(store.threads.size).toBe(1);
    expect(said[0]).toContain("could not");
  });

  it("[FE72] are opened once the words are saved, and once more if somebody typed in them meanwhile", async () => {
    let quote = "four";
    const given = { section: "aim", body: "?", kind: "comment" as const, addressed: "", blocking: false };
    answer("/api/documents/3/threads/", { status: 409 }, { status: 201, body: thread(8) });
    const opened = store.open({ ...given, anchor: () => ({ start: {}, end: {}, quote }) });
    quote = "four or five";
    expect((await opened).id).toBe(8);
    expect(provider.settle).toHaveBeenCalled();
    answer("/api/documents/3/threads/", { status: 409, body: { detail: "The text changed." } });
    await expect(store.open({ ...given, anchor: () => null })).rejects.toThrow("The text changed.");
  });
});
