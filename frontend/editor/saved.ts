// Whether what was written is saved, in one word and one sentence; decided in one place for every part of the page.
import type { Mode } from "./wire";

export interface SavedState {
  kind: "connecting" | "saved" | "saving" | "unsaved" | "read";
  /** When the oldest edit that is not saved was made. */
  since: number | null;
  connected: boolean;
  /** Unsent edits would survive a reload. */
  kept: boolean;
  reason: string;
}

export interface Situation {
  final: string | null;
  mode: Mode;
  reason: string;
  connected: boolean;
  everSynced: boolean;
  oldest: number | null;
  storeFailed: boolean;
  now: number;
}

/** An edit may travel this long before the page says that it is not saved. */
export const SLOW = 8_000;
/** Without a connection there is nothing to wait for, but a blink must not alarm anybody. */
export const BLINK = 2_000;

export function savedState(it: Situation): SavedState {
  const facts = { since: it.oldest, connected: it.connected, kept: !it.storeFailed, reason: it.reason };
  if (it.final !== null) return { ...facts, kind: "read", reason: it.final };
  if (it.oldest !== null) {
    const patience = it.connected ? SLOW : BLINK;
    return { ...facts, kind: it.now - it.oldest < patience ? "saving" : "unsaved" };
  }
  if (it.mode !== "edit") return { ...facts, kind: "read" };
  return { ...facts, kind: it.everSynced ? "saved" : "connecting" };
}

export interface Wording {
  label: string;
  detail: string;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** What the rail shows. */
export function wording(state: SavedState): Wording {
  switch (state.kind) {
    case "connecting":
      return { label: "Connecting", detail: "You see the last saved text. Writing opens in a moment." };
    case "saving":
      return { label: "Saving", detail: "" };
    case "saved":
      return {
        label: "Saved",
        detail: state.connected ? "" : "No connection. What you write is kept on this device and sent later.",
      };
    case "read":
      return { label: "Read only", detail: state.reason };
    case "unsaved":
      return { label: `Not saved since ${clock.format(state.since ?? 0)}`, detail: unsavedDetail(state) };
  }
}

function unsavedDetail(state: SavedState): string {
  if (!state.kept) return "This device cannot keep your words. Leave this page open until they are saved.";
  return "Kept on this device. It is sent when the connection is back, even if you close this page.";
}
