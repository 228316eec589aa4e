// What the parts of one editor page share: the document, its connection, who is here, and one voice.
import * as Y from "yjs";
import { Announcer, liveRegion } from "./announce";
import { watchDeparture } from "./departure";
import { Presence } from "./presence";
import { CoprodProvider } from "./provider";
import type { Section } from "./section";
import { hear } from "./selection";
import type { Identity } from "./wire";

const ROOT = "[data-session]";
const sessions = new WeakMap<Element, Session>();

export class Session {
  readonly doc = new Y.Doc();
  readonly provider: CoprodProvider;
  readonly presence: Presence;
  readonly announcer: Announcer;
  readonly you: Identity;
  /** The editors of this page by the key of their section, as they begin. */
  readonly sections = new Map<string, Section>();
  readonly onSection = new Set<(section: Section) => void>();

  /** The session an element belongs to; the first part of the page that asks starts it. */
  static of(element: Element): Session {
    const root = element.closest<HTMLElement>(ROOT);
    if (!root) throw new Error("This part stands outside an editor page.");
    const session = sessions.get(root) ?? new Session(root);
    sessions.set(root, session);
    return session;
  }

  private constructor(readonly root: HTMLElement) {
    const { person, name, side, document: id, epoch, socket, canEdit } = root.dataset;
    this.you = { id: Number(person), name: name ?? "", side: side ?? "other" };
    const url = new URL(socket ?? "", location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.provider = new CoprodProvider(
      {
        url: url.href,
        canEdit: canEdit === "true",
        person: this.you.id,
        document: Number(id),
        epoch: epoch ?? "",
      },
      this.doc,
    );
    this.announcer = new Announcer(liveRegion(root));
    this.presence = new Presence(this.provider.awareness, this.you, this.announcer, (key) =>
      this.titleOf(key),
    );
    watchDeparture(this.provider);
    this.provider.on("frame", () => this.hear());
    // After every part of the page has had the chance to listen. A document nobody can open has no socket.
    if (socket) setTimeout(() => void this.provider.start());
  }

  addSection(section: Section): void {
    this.sections.set(section.options.key, section);
    for (const call of this.onSection) call(section);
  }

  /** An editor that is drawn anew puts back the selection it knows: it must know the one there is. */
  private hear(): void {
    for (const { view } of this.sections.values()) if (view.hasFocus()) hear(view);
  }

  titleOf(section: string): string {
    return document.getElementById(`h-${section}`)?.textContent?.trim() ?? section;
  }

  /** Now, or as soon as the document is here. */
  whenSynced(call: () => void): void {
    if (this.provider.everSynced) call();
    else this.provider.once("synced", call);
  }

  /** Now and whenever it changes whether this person may write. */
  whenWritable(call: (writable: boolean) => void): void {
    const tell = (): void => call(this.provider.writable);
    this.provider.on("state", tell);
    this.provider.on("closed", tell);
    tell();
  }

  /** The focus anywhere within `element` means that this person is in that section. */
  follow(element: HTMLElement, section: string): void {
    element.addEventListener("focusin", () => this.provider.writable && this.presence.enter(section));
    element.addEventListener("focusout", () => this.presence.leave(section));
  }
}
