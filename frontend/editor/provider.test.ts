// The provider against a socket of a few lines: order, receipts, refusals, bad lines, and a night without network.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import type { Batch } from "./localstore";
import { wipe } from "./localstore";
import { CoprodProvider } from "./provider";
import { rescuedFrom } from "./rescue";
import { FakeServer, FakeSocket, receipt, reject, stateFrame } from "./testing/socket";
import * as wire from "./wire";

const ADDRESS = { url: "ws://here/ws/documents/e1", canEdit: true, person: 7, document: 3, epoch: "e1" };
const open: CoprodProvider[] = [];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(check: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(check()).toBe(true), { timeout: 3_000, interval: 10 });
}

function page(address = ADDRESS): CoprodProvider {
  const provider = new CoprodProvider(address, new Y.Doc());
  open.push(provider);
  return provider;
}

async function opened(address = ADDRESS): Promise<CoprodProvider> {
  const provider = page(address);
  await provider.start();
  await until(() => provider.synced);
  return provider;
}

const aim = (provider: CoprodProvider): Y.Text => provider.doc.getText("t:aim");
const type = (provider: CoprodProvider, words: string): void =>
  aim(provider).insert(aim(provider).length, words);

/** The tab is gone without a goodbye: its lock and its socket go with it. */
function crash(provider: CoprodProvider): void {
  provider.destroy();
  open.splice(open.indexOf(provider), 1);
}

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
});

afterEach(async () => {
  for (const provider of open.splice(0)) provider.destroy();
  FakeSocket.onNew = () => undefined;
  vi.unstubAllGlobals();
  await wipe();
});

describe("a good line", () => {
  it("[FE31] says who it is first, then asks for the text", async () => {
    new FakeServer();
    await opened();
    expect(FakeSocket.last.protocols).toEqual(["coprod.v1"]);
    expect(FakeSocket.last.frames.slice(0, 2).map((frame) => frame.kind)).toEqual(["hello", "step1"]);
  });

  it("[FE32] is Saved only after the receipt", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const provider = await opened();
    type(provider, "More people at home");
    await until(() => server.text.includes("home"));
    expect(provider.saved.kind).toBe("saving");
    FakeSocket.last.hear(receipt(1));
    expect(provider.saved.kind).toBe("saved");
  });

  it("[FE31] sends the first key at once and the next ones together", async () => {
    new FakeServer();
    const provider = await opened();
    type(provider, "a");
    expect(FakeSocket.last.of("update")).toHaveLength(1);
    for (const key of "bcdef") type(provider, key);
    expect(FakeSocket.last.of("update")).toHaveLength(1);
    await until(() => FakeSocket.last.of("update").length === 2);
    expect(provider.saved.kind).toBe("saved");
  });

  it("[FE33] a reader sends nothing, whatever Yjs does to the copy", async () => {
    const server = new FakeServer();
    server.mode = "read";
    const provider = await opened({ ...ADDRESS, canEdit: false });
    type(provider, "noise");
    await wait(80);
    expect(FakeSocket.last.of("update").concat(FakeSocket.last.of("step2") as never[])).toEqual([]);
    expect(provider.saved.kind).toBe("read");
  });

  it("[FE31] asked a second time what it has, it sends all of it", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const provider = await opened();
    type(provider, "lost on the way");
    FakeSocket.last.hear(wire.step1(Y.encodeStateVector(new Y.Doc())));
    const [whole] = FakeSocket.last.of("step2");
    const copy = new Y.Doc();
    Y.applyUpdate(copy, (whole as { update: Uint8Array }).update);
    expect(copy.getText("t:aim").toString()).toBe("\nlost on the way");
  });
});

describe("a bad line", () => {
  it("[FE34] comes back by itself and brings what was written meanwhile", async () => {
    const server = new FakeServer();
    const provider = await opened();
    FakeSocket.last.shut(1006);
    type(provider, "written alone");
    expect(server.text).toBe("\n");
    await until(() => server.text === "\nwritten alone");
    expect(provider.saved.kind).toBe("saved");
  });

  it("[FE35] a final close is not tried again and says why", async () => {
    new FakeServer();
    const provider = await opened();
    const heard: string[] = [];
    provider.on("closed", (_code, sentence) => heard.push(sentence));
    FakeSocket.last.shut(4401);
    await wait(400);
    expect(FakeSocket.all).toHaveLength(1);
    expect(heard).toEqual(["You are signed out. Sign in again: your unsent edits are kept on this device."]);
    expect(provider.saved).toMatchObject({ kind: "read", reason: heard[0] });
  });

  it("[FE36] words the server refuses are handed over, all of them", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const provider = await opened();
    const refused: Batch[] = [];
    provider.on("refused", (batches) => refused.push(...batches));
    type(provider, "First words");
    type(provider, " and the rest");
    FakeSocket.last.hear(reject(1, "kind", "This could not be taken."));
    expect(rescuedFrom(refused, "")[0]).toMatchObject({ root: "t:aim", words: "First words and the rest" });
    expect(provider.writable).toBe(false);
  });

  it("[FE36] edits kept for a stage that was closed meanwhile are handed over", async () => {
    const server = new FakeServer();
    server.accepts = () => false;
    const away = page();
    await away.start();
    type(away, "typed too late");
    await wait(30);
    crash(away);
    const refused: Batch[] = [];
    const back = page({ ...ADDRESS, epoch: "e2" });
    back.on("refused", (batches) => refused.push(...batches));
    await back.start();
    expect(rescuedFrom(refused, "")[0]?.words).toBe("typed too late");
  });

  it("[FE33] when writing has ended meanwhile, waiting edits are handed over, not sent", async () => {
    const server = new FakeServer();
    const provider = await opened();
    const refused: Batch[] = [];
    provider.on("refused", (batches) => refused.push(...batches));
    server.mode = "read";
    server.reason = "Your time as deputy has ended.";
    FakeSocket.last.shut(1006);
    type(provider, "too late");
    await until(() => refused.length > 0);
    expect(FakeSocket.last.of("update")).toEqual([]);
    expect(provider.saved.reason).toBe("Your time as deputy has ended.");
  });
});

describe("this device", () => {
  it("[FE37] a night without network and a reload lose no word", async () => {
    const server = new FakeServer();
    const evening = await opened();
    server.accepts = () => false;
    FakeSocket.last.shut(1006);
    type(evening, "written at night");
    await wait(100);
    type(evening, " and later");
    await wait(100);
    crash(evening);

    server.accepts = () => true;
    const morning = await opened();
    await until(() => server.text === "\nwritten at night and later");
    expect(aim(morning).toString()).toBe("\nwritten at night and later");
    await until(() => morning.saved.kind === "saved");
    expect(await morning.store.adopt()).toEqual([]);
  });

  it("[FE37] each message carries the edits of one client id only", async () => {
    const server = new FakeServer();
    const first = await opened();
    server.accepts = () => false;
    FakeSocket.last.shut(1006);
    type(first, "one ");
    await wait(20);
    crash(first);
    const second = page();
    await second.start();
    type(second, "two");
    await wait(20);
    server.accepts = () => true;
    await until(() => FakeSocket.last.of("update").length === 2);
    const clients = FakeSocket.last
      .of("update")
      .map((frame) => [...Y.parseUpdateMeta(frame.update).from.keys()]);
    expect(clients.map((ids) => ids.length)).toEqual([1, 1]);
    await until(() => second.saved.kind === "saved");
    expect(server.text).toContain("one ");
    expect(server.text).toContain("two");
  });

  it("[FE37] an edit is forgotten here only when it is in the log", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const first = await opened();
    type(first, "sent but not confirmed");
    await wait(20);
    crash(first);
    const second = await opened();
    await until(() => FakeSocket.last.of("update").length === 1);
    expect(server.text).toBe("\nsent but not confirmed");
    FakeSocket.last.hear(receipt(1));
    await until(() => second.saved.kind === "saved");
  });

  it("[FE38] another person at the same computer finds nothing, and signing out leaves nothing", async () => {
    const server = new FakeServer();
    server.accepts = () => false;
    const mine = page();
    await mine.start();
    type(mine, "mine");
    await wait(20);
    crash(mine);
    const theirs = page({ ...ADDRESS, person: 8 });
    await theirs.start();
    expect(aim(theirs).toString()).toBe("");
    crash(theirs);
    await wipe();
    const later = page();
    await later.start();
    expect(aim(later).toString()).toBe("");
  });
});

it("[FE33] freezing lets what is gathered out and stops input", async () => {
  const server = new FakeServer();
  const provider = await opened();
  type(provider, "a");
  type(provider, "b");
  FakeSocket.last.hear(stateFrame("freezing"));
  expect(provider.writable).toBe(false);
  expect(server.text).toBe("\nab");
});
