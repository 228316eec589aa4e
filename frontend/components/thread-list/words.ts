// What threads and their parts are called, and who wrote when.
import { sideWord } from "../../editor/presence";
import type { Kind, Thread } from "../../editor/threads";

export const KINDS: Record<Kind, string> = {
  comment: "Comment",
  question: "Question",
  change_request: "Request for a change",
  patient_point: "Point for patients",
};

export const ADDRESSEES: Record<string, string> = {
  "": "Everybody",
  clinician: "The clinician",
  manager: "The manager",
  patient_partner: "The patient partner",
};

export const BLOCKING = "This has to be settled before handing in";

export const LONGEST_BODY = 2_000;
export const LONGEST_REASON = 300;

const time = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

export const when = (at: string): string => time.format(new Date(at));

export function shortened(words: string, most = 90): string {
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most).trimEnd()}…` : line;
}

/** "2 replies" */
export function repliesOf({ comments }: Thread): string {
  const many = comments.length - 1;
  return many === 1 ? "1 reply" : `${many} replies`;
}

/** It holds the handing in back. */
export const isBlocking = ({ blocking, state }: Thread): boolean => blocking && state !== "resolved";

/** What a screen reader hears of a thread besides who began it. */
export function factsOf(thread: Thread): string {
  const facts = [KINDS[thread.kind].toLowerCase()];
  if (thread.addressed) facts.push(`for the ${sideWord(thread.addressed)}`);
  if (thread.state !== "open") facts.push(thread.state);
  if (isBlocking(thread)) facts.push("to be settled before handing in");
  if (thread.committee_reads) facts.push("the committee reads it too");
  if (thread.unread) facts.push("new");
  if (thread.comments.length > 1) facts.push(repliesOf(thread));
  return facts.join(", ");
}

/** Colleagues who were called but may not see this text. */
export function notTold(names: string[]): string {
  if (!names.length) return "";
  const all = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  return `${all} cannot see this text and ${names.length === 1 ? "was" : "were"} not told.`;
}
