// Which tabs of this browser are alive: by a lock each tab holds for life, or by a heartbeat where there are no locks.

const PREFIX = "coprod-tab-";
const BEAT = 3_000;
const SILENT = 12_000;

/** Tells a tab that is still open from one that was closed and left words behind. */
export interface Liveness {
  alive(): Promise<Set<string>>;
  leave(): void;
}

/** A lock is released by the browser itself when the tab goes, however it goes. */
export function byLocks(tab: string, locks: LockManager): Liveness {
  let release: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held = new Promise<void>((resolve) => {
    locks
      .request(PREFIX + tab, () => {
        resolve();
        return gone;
      })
      .catch(() => resolve());
  });
  return {
    async alive() {
      await held;
      const { held: all = [] } = await locks.query();
      const names = all.map((lock) => lock.name ?? "").filter((name) => name.startsWith(PREFIX));
      return new Set([tab, ...names.map((name) => name.slice(PREFIX.length))]);
    },
    leave: release,
  };
}

/** Without locks: each tab writes the time every three seconds, and twelve seconds of silence mean it has gone. */
export function byHeartbeat(tab: string, storage: Storage, now: () => number = Date.now): Liveness {
  const beat = (): void => storage.setItem(PREFIX + tab, String(now()));
  beat();
  const timer = setInterval(beat, BEAT);
  return {
    alive: async () => {
      const found = new Set([tab]);
      for (let i = 0; i < storage.length; i++) {
        const name = storage.key(i) ?? "";
        if (name.startsWith(PREFIX) && now() - Number(storage.getItem(name)) < SILENT) {
          found.add(name.slice(PREFIX.length));
        }
      }
      return found;
    },
    leave: () => {
      clearInterval(timer);
      storage.removeItem(PREFIX + tab);
    },
  };
}

export function liveness(tab: string): Liveness {
  return navigator.locks ? byLocks(tab, navigator.locks) : byHeartbeat(tab, localStorage);
}
