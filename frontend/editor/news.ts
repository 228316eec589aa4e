// What the server says about the whole document, in words for the page and for a screen reader.
import { ObservableV2 } from "lib0/observable";
import { fullName } from "./presence";
import type { Session } from "./session";
import type { Hint } from "./wire";

type Events = {
  /** What a writer should know, such as that the document is nearly full; empty when that is over. */
  notice: (sentence: string) => void;
  /** Somebody has brought an earlier version back. */
  restored: (sentence: string) => void;
};

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export class ServerNews extends ObservableV2<Events> {
  private noticed = "";

  constructor(private readonly session: Session) {
    super();
    // The state comes every few seconds: only what is new in it is said.
    session.provider.on("state", ({ notice = "" }) => this.notice(notice));
    session.provider.on("event", (hint) => hint.type === "restored" && this.restored(hint));
  }

  private notice(sentence: string): void {
    if (sentence === this.noticed) return;
    this.noticed = sentence;
    this.emit("notice", [sentence]);
    this.session.announcer.say("notice", sentence || "The document has room again.");
  }

  /** Hints of the proposal come to all its documents. */
  private restored({ document, version, by }: Hint): void {
    if (document !== this.session.provider.address.document) return;
    const sentence = `${this.name(by)} restored version ${version} at ${clock.format(Date.now())}. You can see what changed under Versions.`;
    this.emit("restored", [sentence]);
    this.session.announcer.say("restored", sentence);
  }

  private name(id: unknown): string {
    const who = this.session.presence.people.find((person) => person.id === id);
    if (!who) return "A colleague";
    return who.isYou ? "You" : fullName(who);
  }
}
