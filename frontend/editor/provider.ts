// The live connection of one page to one document: sync, presence and receipts, over a line that may break.
import { ObservableV2 } from "lib0/observable";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Beacon } from "./beacon";
import { type Closing, closing } from "./closing";
import { Delivery } from "./delivery";
import { Line } from "./line";
import { type Batch, LocalStore, type Place } from "./localstore";
import { Outbox, rootsOf } from "./outbox";
import { type SavedState, savedState } from "./saved";
import * as wire from "./wire";

const ADOPT_AGAIN = 3_000;

/** Edits that came from this device's store: already kept, so they are not kept again. Compared by identity. */
const ADOPTED = { from: "this device" };

export interface Address extends Place {
  url: string;
  canEdit: boolean;
}

type Events = {
  /** A frame is about to be taken: what the page knows and the editors do not yet must be told before. */
  frame: () => void;
  /** This device's store is open, and what it held is in the document. */
  ready: () => void;
  saved: (state: SavedState) => void;
  state: (state: wire.ServerState) => void;
  event: (hint: wire.Hint) => void;
  synced: () => void;
  /** Edits that can never be sent, with the reason; call `rescued` once their words are safe elsewhere. */
  refused: (batches: Batch[], sentence: string) => void;
  /** The server does not want this page any more; it is not tried again. */
  closed: (code: number, sentence: string) => void;
};

export class CoprodProvider extends ObservableV2<Events> {
  readonly store: LocalStore;
  /** Aborted when this provider is destroyed. */
  readonly gone = new AbortController();
  state: wire.ServerState | null = null;
  synced = false;
  everSynced = false;
  private readonly outbox: Outbox;
  private readonly delivery: Delivery;
  private readonly line: Line;
  private readonly beacon: Beacon;
  private asked = 0;
  /** The server has told this connection what it may do. */
  private greeted = false;
  private final: Closing | null = null;
  private adopting: ReturnType<typeof setTimeout> | undefined;
  private readonly ticking = setInterval(() => this.note(), 1_000);
  private noted = "";

  constructor(
    readonly address: Address,
    readonly doc: Y.Doc,
  ) {
    super();
    const tab = String(doc.clientID);
    this.store = new LocalStore(address, tab);
    this.outbox = new Outbox(this.store, tab);
    this.line = new Line(address.url, {
      opened: () => this.opened(),
      frame: (bytes) => this.receive(bytes),
      down: (code) => this.down(code),
    });
    this.delivery = new Delivery(this.outbox, (frame) => this.line.send(frame));
    this.outbox.onBatch = () => this.deliver();
    this.store.onFailure = () => this.note();
    this.beacon = new Beacon(doc, (frame) => this.line.send(frame));
    doc.on("update", this.onUpdate);
    addEventListener("pagehide", this.onHide, { signal: this.gone.signal });
  }

  get awareness(): Awareness {
    return this.beacon.awareness;
  }

  get writable(): boolean {
    if (this.final !== null) return false;
    return this.state ? this.state.mode === "edit" : this.address.canEdit;
  }

  /** A reader's copy changes too, for Yjs tidies formatting by itself: noise, never sent. */
  private get records(): boolean {
    return this.state ? accepts(this.state.mode) : this.address.canEdit;
  }

  get saved(): SavedState {
    return savedState({
      final: this.final?.sentence ?? null,
      mode: this.state?.mode ?? (this.address.canEdit ? "edit" : "read"),
      reason: this.state?.reason ?? "",
      connected: this.line.open && this.synced,
      everSynced: this.everSynced,
      oldest: this.outbox.oldest,
      storeFailed: this.store.failed,
      now: Date.now(),
    });
  }

  /** See Outbox: what is being typed counts as not saved until it is an edit and the server has it. */
  draft(commit: () => void): void {
    this.outbox.draft(commit);
    this.note();
  }

  undraft(commit: () => void): void {
    this.outbox.undraft(commit);
    this.note();
  }

  /** Finds what an earlier tab left behind, then connects: in this order, so that it takes part in the first sync. */
  async start(): Promise<void> {
    await this.store.open();
    await this.adopt();
    const outdated = await this.store.outdated();
    this.refuse(outdated, "The text was closed before they could be sent.");
    this.emit("ready", []);
    this.line.connect();
    // A tab that is being closed while this one opens may count as alive a moment longer.
    this.adopting = setTimeout(() => void this.adopt().then(() => this.deliver()), ADOPT_AGAIN);
  }

  private async adopt(): Promise<void> {
    const batches = await this.store.adopt();
    const unknown = this.outbox.adopt(batches);
    for (const batch of unknown) Y.applyUpdate(this.doc, batch.update, ADOPTED);
    this.note();
  }

  private opened(): void {
    this.delivery.restart();
    this.line.send(wire.hello(wire.SCHEMA, this.doc.clientID));
    this.line.send(wire.step1(Y.encodeStateVector(this.doc)));
    this.line.send(wire.query());
    this.beacon.shine();
    this.note();
  }

  private down(code: number): void {
    this.synced = this.greeted = false;
    this.asked = 0;
    this.delivery.restart();
    this.beacon.forgetOthers();
    const end = closing(code);
    if (end.final) this.finish(code, end);
    this.note();
  }

  private finish(code: number, end: Closing): void {
    this.hold(end);
    this.final = end;
    this.emit("closed", [code, end.sentence]);
  }

  /** Keeps what can never be sent for the rescue panel; also the end of a composition that comes after the end. */
  private hold(end: Closing): void {
    this.outbox.commit();
    if (end.refuses) this.refuse(this.outbox.all, end.sentence);
  }

  private receive(bytes: Uint8Array): void {
    if (this.final !== null) return;
    this.emit("frame", []);
    try {
      this.handle(wire.decode(bytes));
    } catch (error) {
      console.error("A frame from the server could not be used.", error);
    }
    this.note();
  }

  private handle(frame: wire.Frame): void {
    if (frame.kind === "step1") this.answer(frame.stateVector);
    else if (frame.kind === "step2") this.whole(frame.update);
    else if (frame.kind === "update") Y.applyUpdate(this.doc, frame.update, this);
    else if (frame.kind === "awareness") this.beacon.receive(frame.update);
    else if (frame.kind === "query") this.beacon.shine();
    else if (frame.kind === "receipt") this.delivery.acknowledged(frame.count);
    else if (frame.kind === "state") this.onState(frame.state);
    else if (frame.kind === "event") this.emit("event", [frame.hint]);
    else if (frame.kind === "reject") this.rejected(frame.sentence);
  }

  private whole(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, this);
    if (this.synced) return;
    this.synced = this.everSynced = true;
    this.emit("synced", []);
    // Another tab may have been closed meanwhile.
    void this.adopt().then(() => this.deliver());
  }

  /** The first question is answered by the outbox. Asked again, the server misses something older: it gets all. */
  private answer(stateVector: Uint8Array): void {
    if (this.asked++ > 0 && this.writable && !this.outbox.empty) {
      this.outbox.commit();
      this.delivery.sendWhole(Y.encodeStateAsUpdate(this.doc, stateVector));
    }
  }

  private onState(state: wire.ServerState): void {
    this.outbox.commit();
    this.state = state;
    this.greeted = true;
    if (accepts(state.mode)) this.deliver();
    else this.refuse(this.delivery.waiting, state.reason ?? closing(4403).sentence);
    this.emit("state", [state]);
  }

  /** Sends what waits, unless the server has not said yet, or has said no. */
  private deliver(): void {
    if (this.greeted && this.state && accepts(this.state.mode)) this.delivery.sendWaiting();
    this.note();
  }

  /** What follows a refused edit builds on it, so the page stops here and the writer is shown every word. */
  private rejected(sentence: string): void {
    this.finish(0, { final: true, sentence, refuses: true });
    this.line.stop();
  }

  private refuse(batches: Batch[], sentence: string): void {
    if (batches.length) this.emit("refused", [batches, sentence]);
  }

  /** The words are on the rescue panel and kept for it: the edits themselves can go. */
  rescued(batches: Batch[]): void {
    this.outbox.forget(batches.map((batch) => batch.id));
    void this.store.forget(batches.map((batch) => batch.id));
    this.note();
  }

  /** Sends what is gathered and waits a moment for the receipt: before the person goes away. */
  async settle(patience: number): Promise<boolean> {
    this.outbox.commit();
    const until = Date.now() + patience;
    while (!this.outbox.empty && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    return this.outbox.empty;
  }

  private note(): void {
    const key = JSON.stringify(this.saved);
    if (key === this.noted) return;
    this.noted = key;
    this.emit("saved", [this.saved]);
  }

  private readonly onUpdate = (
    update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    if (origin === this || origin === ADOPTED) return;
    if (!this.records) return;
    this.outbox.add(update, this.doc.clientID, rootsOf(transaction));
    if (this.final) this.hold(this.final);
    this.note();
  };

  private readonly onHide = (): void => {
    this.outbox.commit();
    this.beacon.leave();
  };

  override destroy(): void {
    this.onHide();
    this.line.stop();
    clearInterval(this.ticking);
    clearTimeout(this.adopting);
    this.outbox.destroy();
    this.store.close();
    this.doc.off("update", this.onUpdate);
    this.gone.abort();
    this.beacon.destroy();
    super.destroy();
  }
}

/** Freezing still takes what was written before it. */
function accepts(mode: wire.Mode): boolean {
  return mode === "edit" || mode === "freezing";
}
