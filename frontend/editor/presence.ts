// Who has this document open and in which section, as people: names and sides come from the server, never from a page.
import { ObservableV2 } from "lib0/observable";
import type { Awareness } from "y-protocols/awareness";
import type { Announcer } from "./announce";
import type { Identity } from "./wire";

export interface Present extends Identity {
  section: string | null;
  isYou: boolean;
}

/** The presence a page sends; the server adds who it is. */
export interface PresenceState {
  section: string | null;
  cursor: { s: string; a: unknown; h: unknown } | null;
}

type Events = { change: (people: Present[]) => void };

const SIDES: Record<string, string> = {
  clinician: "clinician",
  manager: "manager",
  patient_partner: "patient partner",
  other: "other colleague",
};

export const sideOf = (side: unknown): string => (typeof side === "string" && side in SIDES ? side : "other");
export const sideWord = (side: string): string => SIDES[sideOf(side)] ?? "";
export const fullName = (person: Identity): string => `${person.name} (${sideWord(person.side)})`;

/** Who a remote state belongs to; nothing if the server did not say. */
export function identityOf(state: unknown): Identity | null {
  const user = (state as { user?: Partial<Identity> } | undefined)?.user;
  if (typeof user?.id !== "number" || typeof user.name !== "string") return null;
  return { id: user.id, name: user.name, side: sideOf(user.side) };
}

function sectionOf(state: unknown): string | null {
  const section = (state as { section?: unknown } | undefined)?.section;
  return typeof section === "string" ? section : null;
}

export class Presence extends ObservableV2<Events> {
  private last = new Map<number, Present>();
  private leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly awareness: Awareness,
    private readonly you: Identity,
    private readonly announcer: Announcer,
    private readonly titleOf: (section: string) => string,
  ) {
    super();
    awareness.setLocalState({ section: null, cursor: null } satisfies PresenceState);
    awareness.on("change", this.onChange);
  }

  /** Everybody here, you first; somebody with two tabs is one person. */
  get people(): Present[] {
    const found = new Map<number, Present>();
    const own = sectionOf(this.awareness.getLocalState());
    found.set(this.you.id, { ...this.you, section: own, isYou: true });
    for (const [client, state] of this.awareness.getStates()) {
      const who = client === this.awareness.clientID ? null : identityOf(state);
      if (!who) continue;
      const section = found.get(who.id)?.section ?? sectionOf(state);
      found.set(who.id, { ...who, section, isYou: who.id === this.you.id });
    }
    return [...found.values()];
  }

  /** The others who are in a section. */
  othersIn(section: string): Present[] {
    return this.people.filter((person) => !person.isYou && person.section === section);
  }

  /** Your place, for the others. Leaving waits a moment: moving on within a section is not leaving it. */
  enter(section: string): void {
    clearTimeout(this.leaving);
    if (sectionOf(this.awareness.getLocalState()) !== section)
      this.awareness.setLocalStateField("section", section);
  }

  leave(section: string): void {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => {
      if (sectionOf(this.awareness.getLocalState()) === section)
        this.awareness.setLocalStateField("section", null);
    }, 300);
  }

  /** Everybody in one sentence, for whoever asks. */
  sentence(): string {
    const others = this.people.filter((person) => !person.isYou);
    if (!others.length) return "Nobody else is here.";
    return others.map((person) => `${this.whereabouts(person)}.`).join(" ");
  }

  private whereabouts(person: Present): string {
    const place = person.section === null ? "is here" : `is editing ${this.titleOf(person.section)}`;
    return `${fullName(person)} ${place}`;
  }

  private readonly onChange = (): void => {
    const people = this.people;
    const now = new Map(people.map((person) => [person.id, person]));
    for (const person of people) {
      if (!person.isYou && this.last.get(person.id)?.section !== person.section) this.tell(person);
    }
    for (const person of this.last.values()) {
      if (!person.isYou && !now.has(person.id))
        this.announcer.say(`person ${person.id}`, `${fullName(person)} has left.`);
    }
    this.last = now;
    this.emit("change", [people]);
  };

  private tell(person: Present): void {
    const known = this.last.has(person.id);
    if (known && person.section === null) return; // stepping out of a section is no news
    this.announcer.say(`person ${person.id}`, `${this.whereabouts(person)}.`);
  }

  override destroy(): void {
    clearTimeout(this.leaving);
    this.awareness.off("change", this.onChange);
    super.destroy();
  }
}
