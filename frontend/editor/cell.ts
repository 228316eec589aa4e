// One answer shared by everybody: a control on this page bound to one key of a shared map.
import * as Y from "yjs";
import { type Control, controlIn } from "./control";
import { element } from "./elements";
import { identityOf } from "./presence";
import type { Session } from "./session";

/** Typing becomes an edit after this pause, or after this long without one. */
const PAUSE = 400;
const AT_LATEST = 2_000;
/** Whoever changes an answer this soon after somebody else may not have seen theirs. */
const RECENT = 10_000;

export type Values = Y.Map<unknown>;

export function shown(values: Values, key: string): string {
  const value = values.get(key);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

interface Mine {
  value: string;
  at: number;
  id: Y.ID | undefined;
}

export class Cell {
  readonly control: Control;
  readonly label: string;
  private notice: HTMLElement | null = null;
  /** What this page wrote last. */
  private mine: Mine | null = null;
  private typingSince = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly commit = (): void => this.write();

  constructor(
    private readonly session: Session,
    private readonly values: Values,
    readonly key: string,
    private readonly holder: HTMLElement,
  ) {
    this.label = holder.dataset.label ?? key;
    this.control = controlIn(holder);
    this.control.value = shown(values, key);
    this.control.on("input", () => this.typed());
    this.control.on("change", this.commit);
    this.control.on("blur", this.commit);
  }

  get drafting(): boolean {
    return this.typingSince > 0;
  }

  /** This page has written here and nobody has changed it since, or it is being typed. */
  get mineToLose(): boolean {
    return this.drafting || (this.mine !== null && this.mine.value !== "");
  }

  /** Makes an edit of what is being typed. */
  settleDraft(): void {
    if (this.drafting) this.write();
  }

  /** This page has changed the shared map by another way than this control. */
  refresh(): void {
    const value = shown(this.values, this.key);
    this.control.value = value;
    this.mine = { value, at: Date.now(), id: this.item?.lastId };
  }

  private typed(): void {
    if (this.control.atOnce) return;
    if (!this.drafting) this.typingSince = Date.now();
    this.session.provider.draft(this.commit);
    clearTimeout(this.timer);
    const latest = this.typingSince + AT_LATEST - Date.now();
    this.timer = setTimeout(this.commit, Math.max(0, Math.min(PAUSE, latest)));
  }

  private write(): void {
    clearTimeout(this.timer);
    this.typingSince = 0;
    const { value } = this.control;
    if (value !== shown(this.values, this.key)) {
      this.values.set(this.key, value);
      this.mine = { value, at: Date.now(), id: this.item?.lastId };
    }
    this.session.provider.undraft(this.commit);
  }

  /** Somebody else's change has arrived in the shared map. */
  receive(): void {
    const theirs = shown(this.values, this.key);
    // Somebody wrote at the same time, and this page's answer stood: it is their page that has to say so.
    if (this.item?.id.client === this.session.doc.clientID) return;
    if (theirs === this.control.value) this.mine = null;
    else if (this.drafting) this.tell(theirs, this.control.value, true);
    else {
      if (this.overruled(theirs)) this.tell(theirs, this.mine?.value ?? "", false);
      this.mine = null;
      this.replace(theirs);
    }
  }

  /** Whoever wrote without having seen this page's answer, or right after it, has overruled it: it must hear so. */
  private overruled(theirs: string): boolean {
    if (this.mine === null || this.mine.value === theirs) return false;
    const seen = Y.compareIDs(this.item?.origin ?? null, this.mine.id ?? null);
    return !seen || Date.now() - this.mine.at < RECENT;
  }

  /** What Yjs keeps about the present answer: who wrote it, and what they saw before. */
  private get item(): Y.Item | undefined {
    return this.values._map.get(this.key);
  }

  /** The caret stays where it was, also when the words around it are somebody else's. */
  private replace(value: string): void {
    const { root } = this.control;
    const typing =
      this.control.focused && (root instanceof HTMLTextAreaElement || root instanceof HTMLInputElement);
    const caret = typing ? root.selectionEnd : null;
    this.control.value = value;
    if (typing && caret !== null) root.setSelectionRange(caret, caret);
  }

  private author(): string {
    const state = this.item && this.session.provider.awareness.getStates().get(this.item.id.client);
    return identityOf(state)?.name ?? "Somebody else";
  }

  private tell(theirs: string, yours: string, typing: boolean): void {
    const sentence = typing
      ? `${this.author()} changed “${this.label}” to “${theirs}” while you were writing in it. Yours is shown.`
      : `${this.author()} changed “${this.label}” to “${theirs}”. You had “${yours}”.`;
    const use = element("button", { type: "button", class: "coprod-cell-notice__action" });
    use.textContent = typing ? "Use theirs" : "Put mine back";
    use.addEventListener("click", () => this.settle(typing ? theirs : yours));
    const keep = element("button", { type: "button", class: "coprod-cell-notice__action" });
    keep.textContent = typing ? "Keep mine" : "Keep theirs";
    keep.addEventListener("click", () => this.dismiss());
    this.notice?.remove();
    this.notice = element("div", { class: "coprod-cell-notice" }, element("p", {}, sentence), use, " ", keep);
    (this.holder.querySelector(".coprod-field__answer") ?? this.holder).append(this.notice);
    this.session.announcer.say(`cell ${this.key}`, sentence);
  }

  private settle(value: string): void {
    this.control.value = value;
    this.write();
    this.dismiss();
  }

  private dismiss(): void {
    this.notice?.remove();
    this.notice = null;
    if (this.control.root instanceof HTMLElement) this.control.root.focus();
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.session.provider.undraft(this.commit);
  }
}
