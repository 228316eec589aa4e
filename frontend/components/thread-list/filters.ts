// Which threads a reader wants to see.
import type { Thread } from "../../editor/threads";
import type { Identity } from "../../editor/wire";

export type Filter = "open" | "mine" | "me" | "gone" | "all";

export const FILTERS: Record<Filter, string> = {
  open: "Open",
  mine: "Begun by me",
  me: "For me",
  gone: "Words removed",
  all: "All, also resolved",
};

export interface Situation {
  you: Identity;
  gone: boolean;
}

export function chooses(filter: Filter, thread: Thread, { you, gone }: Situation): boolean {
  if (filter === "all") return true;
  if (thread.state === "resolved") return false;
  if (filter === "mine") return thread.opened_by.id === you.id;
  if (filter === "gone") return gone;
  return filter === "open" || isFor(thread, you);
}

/** By side, or called in it by name or side. */
function isFor(thread: Thread, you: Identity): boolean {
  if (thread.addressed !== "" && thread.addressed === you.side) return true;
  const calls = [you.name, you.name.split(" ")[0] ?? you.name, you.side.replace("_", "-")];
  return thread.comments.some(({ body, is_mine }) => {
    const words = body.toLowerCase();
    return !is_mine && calls.some((call) => call && words.includes(`@${call.toLowerCase()}`));
  });
}
