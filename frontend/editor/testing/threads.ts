// A thread as the server tells of it, for tests.
import type { Comment, Thread } from "../threads";

const YES = { allowed: true, reason: "" };

export function comment(number: number, body: string, more: Partial<Comment> = {}): Comment {
  return {
    number,
    by: { id: 2, name: "Ben Adeyemi", side: "manager" },
    body,
    is_answer: false,
    is_mine: false,
    at: "2026-11-25T10:00:00Z",
    edited_at: null,
    deleted_at: null,
    hidden_at: null,
    hidden_why: "",
    can_moderate: false,
    ...more,
  };
}

export function thread(id: number, more: Partial<Thread> = {}): Thread {
  return {
    id,
    url: `/api/threads/${id}/`,
    section: "aim",
    committee_reads: false,
    kind: "comment",
    addressed: "",
    blocking: false,
    state: "open",
    opened_by: { id: 2, name: "Ben Adeyemi", side: "manager" },
    changed_at: "2026-11-25T10:00:00Z",
    settled: null,
    anchor: {
      state: "section",
      start: null,
      end: null,
      quote: "",
      current: "",
      at: null,
      missing_since: null,
      removed_by: null,
    },
    comments: [comment(1, "Is that so?")],
    unread: 0,
    abilities: { reply: YES, answer: YES, resolve: YES, reopen: YES, change: YES, reattach: YES },
    not_mentioned: [],
    ...more,
  };
}
