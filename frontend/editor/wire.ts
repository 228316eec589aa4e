// The frames of the document socket, as bytes and as plain objects; docs/protocol.md is the reference.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

export const SUBPROTOCOL = "coprod.v1";
export const SCHEMA = 1;

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const RECEIPT = 0x64;
const STATE = 0x65;
const EVENT = 0x66;
const REJECT = 0x67;
const HELLO = 0x68;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export type Mode = "edit" | "suggest" | "comment" | "read" | "freezing";

export interface Identity {
  id: number;
  name: string;
  side: string;
}

/** What the server says about this document and this person; sent on connecting, on change, and every 15 seconds. */
export interface ServerState {
  mode: Mode;
  stage: string;
  seq: number;
  schema: number;
  you: Identity;
  reason?: string;
  /** How full the document is, in per cent. */
  fill?: number;
  /** Something the writer should know, such as that the document is nearly full. */
  notice?: string;
}

/** A hint that something changed; the page fetches what it needs. */
export interface Hint {
  type: string;
  [id: string]: unknown;
}

export type Frame =
  | { kind: "step1"; stateVector: Uint8Array }
  | { kind: "step2"; update: Uint8Array }
  | { kind: "update"; update: Uint8Array }
  | { kind: "awareness"; update: Uint8Array }
  | { kind: "denied"; sentence: string }
  | { kind: "query" }
  | { kind: "receipt"; count: number; seq: number }
  | { kind: "state"; state: ServerState }
  | { kind: "event"; hint: Hint }
  | { kind: "reject"; count: number; code: string; sentence: string }
  | { kind: "hello"; schema: number; client: number }
  | { kind: "unknown"; type: number };

function bytes(write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode(write);
}

function sync(step: number, payload: Uint8Array): Uint8Array {
  return bytes((out) => {
    encoding.writeVarUint(out, SYNC);
    encoding.writeVarUint(out, step);
    encoding.writeVarUint8Array(out, payload);
  });
}

export const step1 = (stateVector: Uint8Array): Uint8Array => sync(STEP_1, stateVector);
export const step2 = (update: Uint8Array): Uint8Array => sync(STEP_2, update);
export const update = (payload: Uint8Array): Uint8Array => sync(UPDATE, payload);

export function awareness(payload: Uint8Array): Uint8Array {
  return bytes((out) => {
    encoding.writeVarUint(out, AWARENESS);
    encoding.writeVarUint8Array(out, payload);
  });
}

export const query = (): Uint8Array => bytes((out) => encoding.writeVarUint(out, QUERY_AWARENESS));

/** The first frame of our own provider: which schema the page writes, and which client id is this tab's. */
export function hello(schema: number, client: number): Uint8Array {
  return bytes((out) => {
    encoding.writeVarUint(out, HELLO);
    encoding.writeVarUint(out, schema);
    encoding.writeVarUint(out, client);
  });
}

function readSync(input: decoding.Decoder): Frame {
  const step = decoding.readVarUint(input);
  const payload = decoding.readVarUint8Array(input);
  if (step === STEP_1) return { kind: "step1", stateVector: payload };
  if (step === STEP_2) return { kind: "step2", update: payload };
  return { kind: "update", update: payload };
}

const READERS: Record<number, (input: decoding.Decoder) => Frame> = {
  [SYNC]: readSync,
  [AWARENESS]: (input) => ({ kind: "awareness", update: decoding.readVarUint8Array(input) }),
  [AUTH]: (input) => {
    decoding.readVarUint(input);
    return { kind: "denied", sentence: decoding.readVarString(input) };
  },
  [QUERY_AWARENESS]: () => ({ kind: "query" }),
  [RECEIPT]: (input) => ({
    kind: "receipt",
    count: decoding.readVarUint(input),
    seq: decoding.readVarUint(input),
  }),
  [STATE]: (input) => ({ kind: "state", state: JSON.parse(decoding.readVarString(input)) as ServerState }),
  [EVENT]: (input) => ({ kind: "event", hint: JSON.parse(decoding.readVarString(input)) as Hint }),
  [REJECT]: (input) => ({
    kind: "reject",
    count: decoding.readVarUint(input),
    code: decoding.readVarString(input),
    sentence: decoding.readVarString(input),
  }),
  [HELLO]: (input) => ({
    kind: "hello",
    schema: decoding.readVarUint(input),
    client: decoding.readVarUint(input),
  }),
};

/** A frame as an object. Types this page does not know are reported as such: a newer server may send more. */
export function decode(frame: Uint8Array): Frame {
  const input = decoding.createDecoder(frame);
  const type = decoding.readVarUint(input);
  return READERS[type]?.(input) ?? { kind: "unknown", type };
}
