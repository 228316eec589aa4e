// Frames, byte for byte as the server's tests know them (tests/unit/editing_domain/test_wire_vectors.py).
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import * as wire from "./wire";

interface Vector {
  name: string;
  hex: string;
  [fact: string]: unknown;
}

const vectors = JSON.parse(readFileSync("../tests/data/wire_vectors.json", "utf8")) as Vector[];
const named = (name: string): Vector => vectors.find((vector) => vector.name === name) as Vector;
const bytes = (hex: unknown): Uint8Array => Uint8Array.from(Buffer.from(String(hex), "hex"));
const hex = (frame: Uint8Array): string => Buffer.from(frame).toString("hex");

describe("frames", () => {
  it("[FE30] written as the server reads them", () => {
    const { schema, client } = named("hello") as unknown as { schema: number; client: number };
    expect(hex(wire.hello(schema, client))).toBe(named("hello").hex);
    expect(hex(wire.step2(bytes(named("step2").update)))).toBe(named("step2").hex);
    expect(hex(wire.update(bytes(named("update").update)))).toBe(named("update").hex);
    expect(hex(wire.query())).toBe(named("query").hex);
  });

  it("[FE30] read as the server writes them", () => {
    const read = (name: string): wire.Frame => wire.decode(bytes(named(name).hex));
    expect(read("update")).toEqual({ kind: "update", update: bytes(named("update").update) });
    expect(read("step2")).toEqual({ kind: "step2", update: bytes(named("step2").update) });
    expect(read("query")).toEqual({ kind: "query" });
    expect(read("receipt")).toEqual({ kind: "receipt", count: 130, seq: 70000 });
    expect(read("state")).toEqual({ kind: "state", state: named("state").json });
    expect(read("event")).toEqual({ kind: "event", hint: named("event").json });
    const { count, code, sentence } = named("reject");
    expect(read("reject")).toEqual({ kind: "reject", count, code, sentence });
    const first = read("step1") as Extract<wire.Frame, { kind: "step1" }>;
    expect([...Y.decodeStateVector(first.stateVector)].sort()).toEqual(
      (named("step1").vector as number[][]).sort(),
    );
    expect(read("awareness").kind).toBe("awareness");
  });

  it("[FE30] of a kind not known yet are reported, not thrown at the page", () => {
    expect(wire.decode(Uint8Array.of(0x7e, 1, 2))).toEqual({ kind: "unknown", type: 0x7e });
    expect(() => wire.decode(Uint8Array.of(0, 2, 9, 1))).toThrow();
  });
});
