// Counts what this connection has sent and matches the server's receipts to it.
import type { Batch } from "./localstore";
import type { Outbox, Parcel } from "./outbox";
import * as wire from "./wire";

interface Sent {
  count: number;
  ids: string[];
}

/** Both ends count the messages that carry updates (step 2 and update), from one, for each connection. */
export class Delivery {
  private count = 0;
  private inFlight: Sent[] = [];

  constructor(
    private readonly outbox: Outbox,
    private readonly send: (frame: Uint8Array) => boolean,
  ) {}

  /** A new connection: nothing is under way on it. */
  restart(): void {
    this.count = 0;
    this.inFlight = [];
  }

  get underWay(): Set<string> {
    return new Set(this.inFlight.flatMap((each) => each.ids));
  }

  /** Edits that no connection carries. */
  get waiting(): Batch[] {
    const underWay = this.underWay;
    return this.outbox.all.filter((batch) => !underWay.has(batch.id));
  }

  sendWaiting(): void {
    for (const parcel of this.outbox.parcels(this.underWay))
      this.sendParcel(wire.update(parcel.update), parcel.ids);
  }

  /** Everything the server says it lacks, in one message that stands for every edit not yet acknowledged. */
  sendWhole(update: Uint8Array): void {
    this.sendParcel(
      wire.step2(update),
      this.outbox.all.map((batch) => batch.id),
    );
  }

  private sendParcel(frame: Uint8Array, ids: Parcel["ids"]): void {
    const entry = { count: this.count + 1, ids };
    this.inFlight.push(entry);
    if (this.send(frame)) this.count++;
    else this.inFlight = this.inFlight.filter((each) => each !== entry);
  }

  acknowledged(count: number): void {
    const done = this.inFlight.filter((each) => each.count <= count);
    this.inFlight = this.inFlight.filter((each) => each.count > count);
    this.outbox.forget(done.flatMap((each) => each.ids));
  }
}
