// One contribution to a thread: who, when and what; its author changes it or takes it back, a moderator hides it.
import { element, sideBadge } from "../../editor/elements";
import { sideWord } from "../../editor/presence";
import { type Comment, sentenceOf, type Thread } from "../../editor/threads";
import { bodyOf } from "./body";
import type { Margin } from "./margin";
import { LONGEST_REASON, when } from "./words";
import { action, type Options, sendsByKey, submit, Writing } from "./writing";

interface Asked {
  /** On the button that sends, and on the one that does not. */
  words: [string, string];
  save: (words: string) => Promise<Thread>;
  done: string;
}

export class CommentItem {
  readonly root = element("div", { class: "coprod-comment" });
  private shown = "";
  private form: HTMLFormElement | null = null;

  constructor(
    private readonly margin: Margin,
    private thread: Thread,
    private comment: Comment,
  ) {
    this.show(thread, comment);
    const { is_mine, can_moderate, deleted_at, hidden_at } = comment;
    if (is_mine && !deleted_at && this.kept("edit")) this.edit();
    if (can_moderate && !hidden_at && this.kept("hide")) this.hide();
  }

  private draft(deed: string): string {
    return `${deed}:${this.thread.id}:${this.comment.number}`;
  }

  private kept(deed: string): boolean {
    return this.margin.drafts.get(this.draft(deed)) !== null;
  }

  show(thread: Thread, comment: Comment): void {
    this.thread = thread;
    this.comment = comment;
    // Nothing is drawn again under somebody who writes in it.
    const key = JSON.stringify(comment);
    if (this.form || key === this.shown) return;
    this.shown = key;
    const within = this.root.contains(document.activeElement);
    this.root.replaceChildren(...this.parts());
    if (within) this.root.querySelector<HTMLElement>("button")?.focus();
  }

  private parts(): HTMLElement[] {
    const { by, can_moderate, deleted_at, hidden_at, hidden_why, is_answer, is_mine } = this.comment;
    const head = element("p", { class: "coprod-comment__head" });
    // The first one stands under the name of whoever began the thread.
    if (this.comment.number > 1) head.append(sideBadge(by.name, by.side, sideWord(by.side)), " ");
    head.append(this.times());
    if (deleted_at) {
      return [head, element("p", { class: "coprod-comment__gone" }, `${by.name} deleted this comment.`)];
    }
    const hidden = element("p", { class: "coprod-comment__gone" }, `Hidden by the moderator: ${hidden_why}`);
    const actions = is_mine || can_moderate ? [this.actions()] : [];
    if (hidden_at && !is_mine) return [head, hidden, ...actions];
    if (is_answer) head.append(" ", element("strong", { class: "coprod-comment__answer" }, "Answer"));
    const body = element("div", { class: "coprod-comment__body" }, ...bodyOf(this.comment.body));
    if (hidden_at) hidden.prepend("Only you see this. ");
    const before = hidden_at ? [head, hidden] : [head];
    return [...before, body, ...actions];
  }

  private times(): HTMLElement {
    const { at, edited_at } = this.comment;
    const time = element("time", { datetime: at, class: "coprod-comment__time" }, when(at));
    if (edited_at) time.append(", edited");
    return time;
  }

  private actions(): HTMLElement {
    const row = element("p", { class: "coprod-comment__actions" });
    const { by, hidden_at, is_mine } = this.comment;
    const offer = (words: string, deed: () => void): void => {
      const button = action(words, is_mine ? "this comment" : `this comment of ${by.name}`);
      button.addEventListener("click", deed);
      row.append(button);
    };
    if (is_mine && !hidden_at) offer("Edit", () => this.edit());
    if (is_mine) offer("Delete", () => this.sure(row));
    else if (hidden_at) offer("Show again", () => void this.showAgain(row));
    else offer("Hide", () => this.hide());
    return row;
  }

  /** Deleting is asked about once more, where it stands. */
  private sure(row: HTMLElement): void {
    const yes = action("Yes, delete it");
    const no = action("Keep it");
    row.replaceChildren(element("span", {}, "Delete this comment? "), yes, no);
    yes.addEventListener("click", () => void this.remove(row));
    no.addEventListener("click", () => this.redraw());
    no.focus();
  }

  private async remove(row: HTMLElement): Promise<void> {
    const { store } = this.margin;
    await this.try(row, () => store.remove(this.thread, this.comment.number), "Deleted.");
  }

  private async showAgain(row: HTMLElement): Promise<void> {
    const { store } = this.margin;
    const done = `Shown again. ${this.comment.by.name} is told.`;
    await this.try(row, () => store.showAgain(this.thread, this.comment.number), done);
  }

  private async try(row: HTMLElement, deed: () => Promise<Thread>, done: string): Promise<void> {
    try {
      await deed();
      this.margin.session.announcer.answer(done);
    } catch (error) {
      row.replaceChildren(element("span", { role: "alert" }, sentenceOf(error)));
    }
  }

  private redraw(): void {
    this.form = null;
    this.shown = "";
    this.show(this.thread, this.comment);
    this.root.querySelector<HTMLElement>("button")?.focus();
  }

  private edit(): void {
    const writing = this.box("edit", { label: "Change your comment" });
    if (!this.kept("edit")) writing.box.value = this.comment.body;
    const { store } = this.margin;
    const save = (body: string) => store.edit(this.thread, this.comment.number, body);
    this.ask(writing, { words: ["Save", "Discard changes"], save, done: "Saved." });
  }

  /** Everybody reads the reason in place of the comment, so there is no hiding without one. */
  private hide(): void {
    const { name } = this.comment.by;
    const writing = this.box("hide", {
      label: `Why is this comment of ${name} hidden?`,
      hint: `Everybody reads this in place of the comment. ${name} is told who hid it and why.`,
      longest: LONGEST_REASON,
      calls: false,
      nothing: "Say why this is hidden: everybody reads it in place of the comment.",
    });
    const { store } = this.margin;
    const save = (why: string) => store.hide(this.thread, this.comment.number, why);
    this.ask(writing, { words: ["Hide the comment", "Keep it"], save, done: `Hidden. ${name} is told.` });
  }

  private box(
    deed: string,
    options: Pick<Options, "label" | "hint" | "longest" | "nothing" | "calls">,
  ): Writing {
    const id = `${deed}-${this.thread.id}-${this.comment.number}`;
    return new Writing({ ...options, id, draft: this.draft(deed), margin: this.margin });
  }

  private ask(writing: Writing, { words, save, done }: Asked): void {
    const discard = action(words[1]);
    const buttons = element("div", { class: "coprod-thread__buttons" }, submit(words[0]), discard);
    const form = element("form", { class: "coprod-comment__form", novalidate: "" }, writing.root, buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save(writing, save, done);
    });
    discard.addEventListener("click", () => {
      writing.clear();
      this.redraw();
    });
    sendsByKey(form);
    this.form = form;
    this.root.replaceChildren(form);
    if (!writing.wasKept) writing.box.focus();
  }

  private async save(writing: Writing, deed: Asked["save"], done: string): Promise<void> {
    const saved = await writing.send(deed);
    if (!saved) return;
    const comment = saved.comments.find(({ number }) => number === this.comment.number);
    if (comment) this.comment = comment;
    this.redraw();
    this.margin.session.announcer.answer(done);
  }
}
