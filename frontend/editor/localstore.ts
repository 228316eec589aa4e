// Unsent edits, kept on this device until the server has them, and the words it refused until the writer has seen them.
import { type Liveness, liveness } from "./tabs";

const DATABASE = "coprod-unsent";
const BATCHES = "batches";
const RESCUES = "rescues";

/** A few edits of one client id, merged: the unit that is kept, sent and acknowledged. */
export interface Batch {
  id: string;
  /** Position among all batches of the device: an edit never overtakes the one it builds on. */
  order: number;
  client: number;
  update: Uint8Array;
  /** The shared roots it touches, such as "t:aim". */
  roots: string[];
  at: number;
}

/** Words the server did not take, as the writer will read them. */
export interface Rescued {
  id: string;
  root: string;
  words: string;
  reason: string;
  at: number;
}

/** Whose edits, to which document. Another person on the same computer never sees them. */
export interface Place {
  person: number;
  document: number;
  epoch: string;
}

type Kept = Batch & Place & { tab: string };
type KeptRescue = Rescued & Omit<Place, "epoch">;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(BATCHES, { keyPath: "id" });
    request.result.createObjectStore(RESCUES, { keyPath: "id" });
  };
  return settled(request);
}

/** Removes everything this site kept on the device; called when somebody signs out. */
export function wipe(): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(DATABASE);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

/** Whether this device keeps words that no server has, whoever wrote them. */
export async function keepsWords(): Promise<boolean> {
  try {
    const database = await openDatabase();
    const stores = database.transaction([BATCHES, RESCUES]);
    const counts = [BATCHES, RESCUES].map((name) => settled(stores.objectStore(name).count()));
    const kept = (await Promise.all(counts)).some((many) => many > 0);
    database.close();
    return kept;
  } catch {
    return false;
  }
}

export class LocalStore {
  /** The device refused: nothing survives a reload, and the page must say so. */
  failed = false;
  onFailure: () => void = () => undefined;
  private database: IDBDatabase | null = null;

  constructor(
    readonly place: Place,
    readonly tab: string,
    private readonly tabs: Liveness = liveness(tab),
  ) {}

  async open(): Promise<void> {
    try {
      this.database = await openDatabase();
      // Signing out in another tab deletes the database: let go, so that it can.
      this.database.onversionchange = () => this.close();
    } catch {
      this.fail();
    }
  }

  private fail(): void {
    if (this.failed) return;
    this.failed = true;
    this.onFailure();
  }

  private async within<T>(
    store: string,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<T>,
  ) {
    if (!this.database) {
      this.fail();
      return undefined;
    }
    try {
      const transaction = this.database.transaction(store, mode);
      const result = await work(transaction.objectStore(store));
      return result;
    } catch {
      this.fail();
      return undefined;
    }
  }

  async keep(batch: Batch): Promise<void> {
    const row: Kept = { ...batch, ...this.place, tab: this.tab };
    await this.within(BATCHES, "readwrite", async (store) => {
      const done = settled(store.put(row));
      store.transaction.commit?.(); // a page that is going away must not wait for the event loop
      await done;
    });
  }

  async forget(ids: Iterable<string>): Promise<void> {
    await this.within(BATCHES, "readwrite", async (store) => {
      await Promise.all([...ids].map((id) => settled(store.delete(id))));
    });
  }

  /** Takes over what closed tabs of this person left behind for this epoch, oldest first. */
  async adopt(): Promise<Batch[]> {
    return this.claim((row) => row.epoch === this.place.epoch, true);
  }

  /** What closed tabs left behind for an earlier epoch of this document: it can no longer be sent. */
  async outdated(): Promise<Batch[]> {
    return this.claim((row) => row.epoch !== this.place.epoch, false);
  }

  private async claim(wanted: (row: Kept) => boolean, take: boolean): Promise<Batch[]> {
    const alive = await this.tabs.alive();
    const { person, document } = this.place;
    const rows = await this.within(BATCHES, "readwrite", async (store) => {
      const all = (await settled(store.getAll())) as Kept[];
      const found = all.filter(
        (row) => row.person === person && row.document === document && !alive.has(row.tab) && wanted(row),
      );
      if (take) await Promise.all(found.map((row) => settled(store.put({ ...row, tab: this.tab }))));
      return found;
    });
    return (rows ?? []).sort((a, b) => a.order - b.order);
  }

  async keepRescued(rescued: Rescued[]): Promise<void> {
    const { person, document } = this.place;
    await this.within(RESCUES, "readwrite", async (store) => {
      await Promise.all(rescued.map((row) => settled(store.put({ ...row, person, document }))));
    });
  }

  async rescued(): Promise<Rescued[]> {
    const { person, document } = this.place;
    const rows = await this.within(RESCUES, "readonly", async (store) => {
      const all = (await settled(store.getAll())) as KeptRescue[];
      return all.filter((row) => row.person === person && row.document === document);
    });
    return (rows ?? []).sort((a, b) => a.at - b.at);
  }

  async discardRescued(id: string): Promise<void> {
    await this.within(RESCUES, "readwrite", (store) => settled(store.delete(id)));
  }

  close(): void {
    this.database?.close();
    this.database = null;
    this.tabs.leave();
  }
}
