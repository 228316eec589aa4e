// Who is here, by name and side as the server says, and what is read out about it.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Announcer, liveRegion } from "./announce";
import { Beacon } from "./beacon";
import { identityOf, Presence } from "./presence";
import { byHeartbeat, byLocks } from "./tabs";
import { openPage, setUp, tearDown, until } from "./testing/page";
import { FakeServer } from "./testing/socket";

const YOU = { id: 1, name: "Amara Okafor", side: "clinician" };
const BEN = { id: 2, name: "Ben Adeyemi", side: "manager" };

function here() {
  const region = liveRegion(document.body);
  const awareness = new Awareness(new Y.Doc());
  const presence = new Presence(awareness, YOU, new Announcer(region), (key) => `“${key}”`);
  let clock = 0;
  const other = (client: number, state: object | null): void => {
    clock++;
    if (state) awareness.states.set(client, state);
    else awareness.states.delete(client);
    awareness.meta.set(client, { clock, lastUpdated: Date.now() });
    awareness.emit("change", [{ added: [client], updated: [], removed: [] }, "test"]);
  };
  return { region, awareness, presence, other };
}

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] }));
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

describe("presence", () => {
  it("[FE44] one person with two tabs is one person, in the section of either", () => {
    const { presence, other } = here();
    other(11, { user: BEN, section: null });
    other(12, { user: BEN, section: "aim" });
    expect(presence.people.map((person) => [person.name, person.section, person.isYou])).toEqual([
      ["Amara Okafor", null, true],
      ["Ben Adeyemi", "aim", false],
    ]);
    expect(presence.othersIn("aim")).toHaveLength(1);
    expect(presence.othersIn("size")).toEqual([]);
  });

  it("[FE43] nobody is shown whom the server did not name", () => {
    const { presence, other } = here();
    other(13, { name: "Chief Executive", section: "aim" });
    other(14, { user: { id: "2", name: "Chief Executive" }, section: "aim" });
    expect(presence.people).toHaveLength(1);
    expect(identityOf({ user: { id: 4, name: "Zoë", side: "<script>" } })?.side).toBe("other");
  });

  it("[FE44] news is read out together, once in a second and a half, the newest about each person", () => {
    const { region, other } = here();
    other(11, { user: BEN, section: null });
    other(11, { user: BEN, section: "aim" });
    other(15, { user: { id: 3, name: "Mags Doyle", side: "patient_partner" }, section: null });
    expect(region.textContent).toBe("");
    vi.advanceTimersByTime(1_500);
    expect(region.textContent).toBe(
      "Ben Adeyemi (manager) is editing “aim”. Mags Doyle (patient partner) is here.",
    );
    other(11, null);
    vi.advanceTimersByTime(1_500);
    expect(region.textContent?.trim()).toBe("Ben Adeyemi (manager) has left.");
  });

  it("[FE44] whoever asks is told at once", () => {
    const { presence, other } = here();
    expect(presence.sentence()).toBe("Nobody else is here.");
    other(11, { user: BEN, section: "aim" });
    expect(presence.sentence()).toBe("Ben Adeyemi (manager) is editing “aim”.");
  });

  it("[FE44] moving within a section is not leaving it", () => {
    const { presence, awareness } = here();
    const section = () => (awareness.getLocalState() as { section: string | null }).section;
    presence.enter("aim");
    presence.leave("aim");
    presence.enter("aim");
    vi.advanceTimersByTime(1_000);
    expect(section()).toBe("aim");
    presence.leave("aim");
    vi.advanceTimersByTime(1_000);
    expect(section()).toBe(null);
  });
});

describe("two pages", () => {
  beforeEach(() => {
    vi.useRealTimers();
    setUp();
  });
  afterEach(tearDown);

  it("[FE44] see each other come, enter a section, and go", async () => {
    new FakeServer();
    const amara = openPage("amara");
    const ben = openPage("ben");
    await until(() => amara.session.presence.people.length === 2);
    ben.session.presence.enter("aim");
    await until(() => amara.session.presence.othersIn("aim")[0]?.name === "Ben Adeyemi");
    ben.session.provider.destroy();
    await until(() => amara.session.presence.people.length === 1);
  });
});

describe("a page that has gone", () => {
  it("[FE44] says nothing more", () => {
    const send = vi.fn(() => true);
    const beacon = new Beacon(new Y.Doc(), send);
    beacon.awareness.setLocalState({ section: "aim", cursor: null });
    beacon.destroy();
    vi.advanceTimersByTime(1_000);
    expect(send).not.toHaveBeenCalled();
  });
});

describe("tabs", () => {
  it("[FE37] a tab counts as alive while it holds its lock", async () => {
    const held = new Set<string>(["somebody else's"]);
    const locks = {
      request: async (name: string, work: () => Promise<void>) => {
        held.add(name);
        await work();
        held.delete(name);
      },
      query: async () => ({ held: [...held].map((name) => ({ name })) }),
    } as unknown as LockManager;
    const one = byLocks("1", locks);
    const two = byLocks("2", locks);
    expect(await one.alive()).toEqual(new Set(["1", "2"]));
    two.leave();
    await Promise.resolve();
    expect(await one.alive()).toEqual(new Set(["1"]));
  });

  it("[FE37] without locks, a tab that is silent for twelve seconds has gone", async () => {
    let now = 100_000;
    const one = byHeartbeat("1", localStorage, () => now);
    byHeartbeat("2", localStorage, () => now);
    expect(await one.alive()).toEqual(new Set(["1", "2"]));
    now += 12_000;
    expect(await one.alive()).toEqual(new Set(["1"]));
    one.leave();
    localStorage.clear();
  });
});
