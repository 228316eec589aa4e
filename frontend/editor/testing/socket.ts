// A WebSocket and a server made of a few lines, for tests of the provider.

import * as encoding from "lib0/encoding";
import { modifyAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import * as wire from "../wire";

export class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  /** Called with each new socket: what the network does. */
  static onNew: (socket: FakeSocket) => void = () => undefined;
  readyState = 0;
  binaryType = "";
  frames: wire.Frame[] = [];
  closedWith: number | null = null;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: ArrayBuffer }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  onFrame: (frame: wire.Frame) => void = () => undefined;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.all.push(this);
    FakeSocket.onNew(this);
  }

  static get last(): FakeSocket {
    return FakeSocket.all.at(-1) as FakeSocket;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  send(bytes: Uint8Array): void {
    const frame = wire.decode(bytes);
    this.frames.push(frame);
    this.onFrame(frame);
  }

  hear(bytes: Uint8Array): void {
    this.onmessage?.({ data: bytes.slice().buffer as ArrayBuffer });
  }

  /** The other side closes. */
  shut(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  close(code = 1000): void {
    this.readyState = 3;
    this.closedWith = code;
  }

  of<K extends wire.Frame["kind"]>(kind: K): Extract<wire.Frame, { kind: K }>[] {
    return this.frames.filter((frame): frame is Extract<wire.Frame, { kind: K }> => frame.kind === kind);
  }
}

const frameOf = (type: number, write: (out: encoding.Encoder) => void): Uint8Array =>
  encoding.encode((out) => {
    encoding.writeVarUint(out, type);
    write(out);
  });

export const receipt = (count: number, seq = count): Uint8Array =>
  frameOf(0x64, (out) => {
    encoding.writeVarUint(out, count);
    encoding.writeVarUint(out, seq);
  });

export const stateFrame = (mode: wire.Mode, reason = "", more: object = {}): Uint8Array =>
  frameOf(0x65, (out) =>
    encoding.writeVarString(
      out,
      JSON.stringify({
        mode,
        stage: "concept",
        seq: 1,
        schema: 1,
        you: { id: 7, name: "Ben", side: "manager" },
        reason,
        ...more,
      }),
    ),
  );

export const eventFrame = (hint: wire.Hint): Uint8Array =>
  frameOf(0x66, (out) => encoding.writeVarString(out, JSON.stringify(hint)));

export const reject = (count: number, code: string, sentence: string): Uint8Array =>
  frameOf(0x67, (out) => {
    encoding.writeVarUint(out, count);
    encoding.writeVarString(out, code);
    encoding.writeVarString(out, sentence);
  });

const PEOPLE: Record<string, wire.Identity> = {
  amara: { id: 1, name: "Amara Okafor", side: "clinician" },
  ben: { id: 2, name: "Ben Adeyemi", side: "manager" },
};

/** A server with one document: takes, keeps, acknowledges and passes on whatever is sent. */
export class FakeServer {
  readonly doc = new Y.Doc();
  readonly sockets = new Set<FakeSocket>();
  mode: wire.Mode = "edit";
  reason = "";
  acknowledges = true;
  accepts: (socket: FakeSocket) => boolean = () => true;

  constructor(seed = "\n") {
    this.doc.clientID = 2;
    this.doc.getText("t:aim").insert(0, seed);
    FakeSocket.onNew = (socket) => {
      queueMicrotask(() => (this.accepts(socket) ? this.accept(socket) : socket.shut(1006)));
    };
  }

  private accept(socket: FakeSocket): void {
    let count = 0;
    this.sockets.add(socket);
    socket.onFrame = (frame) => {
      if (frame.kind === "step1") {
        socket.hear(wire.step2(Y.encodeStateAsUpdate(this.doc, frame.stateVector)));
      } else if (frame.kind === "update" || frame.kind === "step2") {
        Y.applyUpdate(this.doc, frame.update);
        count++;
        this.tell(wire.update(frame.update), socket);
        if (this.acknowledges) socket.hear(receipt(count));
      } else if (frame.kind === "awareness") this.tell(this.stamped(frame.update, socket));
    };
    socket.open();
    socket.hear(stateFrame(this.mode, this.reason));
    socket.hear(wire.step1(Y.encodeStateVector(this.doc)));
  }

  /** Who somebody is comes from the socket, whatever their page claims. */
  private stamped(update: Uint8Array, socket: FakeSocket): Uint8Array {
    const user = PEOPLE[new URL(socket.url).searchParams.get("as") ?? ""];
    return wire.awareness(modifyAwarenessUpdate(update, (state) => state && { ...(state as object), user }));
  }

  private tell(bytes: Uint8Array, but?: FakeSocket): void {
    for (const socket of this.sockets) if (socket !== but && socket.readyState === 1) socket.hear(bytes);
  }

  get text(): string {
    return this.doc.getText("t:aim").toString();
  }
}
