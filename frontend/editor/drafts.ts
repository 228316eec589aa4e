// What somebody has half written in the margin: kept in this tab, through anything, until it is sent or discarded.

const PREFIX = "coprod-margin:";

export class Drafts {
  private readonly prefix: string;

  constructor(person: number, document: number) {
    this.prefix = `${PREFIX}${person}:${document}:`;
  }

  /** What was kept under this name, if it can still be read. */
  get<T>(name: string): T | null {
    try {
      return JSON.parse(sessionStorage.getItem(this.prefix + name) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  /** A browser that keeps nothing still lets people write. */
  keep(name: string, value: unknown): void {
    try {
      sessionStorage.setItem(this.prefix + name, JSON.stringify(value));
    } catch {
      // Full or forbidden: the words stay on the page.
    }
  }

  drop(name: string): void {
    try {
      sessionStorage.removeItem(this.prefix + name);
    } catch {
      // Nothing was kept.
    }
  }
}

/** Whether something is half written in this tab. */
export function keepsDrafts(): boolean {
  try {
    return Object.keys(sessionStorage).some((name) => name.startsWith(PREFIX));
  } catch {
    return false;
  }
}

/** At the end of a session nothing stays for whoever comes next. */
export function forgetDrafts(): void {
  try {
    for (const name of Object.keys(sessionStorage))
      if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
