// This page's presence on the wire: sent at most ten times a second, taken back when the page goes.
import * as protocol from "y-protocols/awareness";
import type * as Y from "yjs";
import * as wire from "./wire";

const EVERY = 100;

export class Beacon {
  readonly awareness: protocol.Awareness;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly doc: Y.Doc,
    private readonly send: (frame: Uint8Array) => boolean,
  ) {
    this.awareness = new protocol.Awareness(doc);
    this.awareness.on("update", this.onUpdate);
    addEventListener("pageshow", this.onShow);
  }

  receive(update: Uint8Array): void {
    protocol.applyAwarenessUpdate(this.awareness, update, this);
  }

  shine(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.send(wire.awareness(protocol.encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
  }

  /** Without a connection nobody else is known to be here. */
  forgetOthers(): void {
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.doc.clientID);
    protocol.removeAwarenessStates(this.awareness, others, this);
  }

  /** The others must not see a caret that nobody is behind. */
  leave(): void {
    this.awareness.setLocalState(null);
    this.shine();
  }

  private readonly onUpdate = (_changes: unknown, origin: unknown): void => {
    if (origin !== this) this.timer ??= setTimeout(() => this.shine(), EVERY);
  };

  /** Back through the browser's history to a page that was only put aside. */
  private readonly onShow = (): void => {
    if (this.awareness.getLocalState() === null) {
      this.awareness.setLocalState({ section: null, cursor: null });
    }
  };

  destroy(): void {
    removeEventListener("pageshow", this.onShow);
    this.awareness.off("update", this.onUpdate); // its end is an update, too
    clearTimeout(this.timer);
    this.awareness.destroy();
  }
}
