// One contribution to a thread: who, when and what; its author can change it or take it back.
import { element, sideBadge } from "../../editor/elements";
import { sideWord } from "../../editor/presence";
import { type Comment, sentenceOf, type Thread } from "../../editor/threads";
import { bodyOf } from "./body";
import type { Margin } from "./margin";
import { when } from "./words";
import { action, sendsByKey, submit, Writing } from "./writing";

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
    if (comment.is_mine && !comment.deleted_at && margin.drafts.get(this.draft) !== null) this.edit();
  }

  private get draft(): string {
    return `edit:${this.thread.id}:${this.comment.number}`;
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
    const { by, deleted_at, hidden_at, hidden_why, is_answer, is_mine } = this.comment;
    const head = element("p", { class: "coprod-comment__head" });
    // The first one stands under the name of whoever began the thread.
    if (this.comment.number > 1) head.append(sideBadge(by.name, by.side, sideWord(by.side)), " ");
    head.append(this.times());
    if (deleted_at) {
      return [head, element("p", { class: "coprod-comment__gone" }, `${by.name} deleted this comment.`)];
    }
    const hidden = element("p", { class: "coprod-comment__gone" }, `Hidden by the moderator: ${hidden_why}`);
    if (hidden_at && !is_mine) return [head, hidden];
    if (is_answer) head.append(" ", element("strong", { class: "coprod-comment__answer" }, "Answer"));
    const body = element("div", { class: "coprod-comment__body" }, ...bodyOf(this.comment.body));
    if (hidden_at) hidden.prepend("Only you see this. ");
    const before = hidden_at ? [head, hidden] : [head];
    return is_mine ? [...before, body, this.actions()] : [...before, body];
  }

  private times(): HTMLElement {
    const { at, edited_at } = this.comment;
    const time = element("time", { datetime: at, class: "coprod-comment__time" }, when(at));
    if (edited_at) time.append(", edited");
    return time;
  }

  private actions(): HTMLElement {
    const edit = action("Edit", "this comment");
    const remove = action("Delete", "this comment");
    edit.addEventListener("click", () => this.edit());
    const row = element("p", { class: "coprod-comment__actions" }, edit, remove);
    remove.addEventListener("click", () => this.sure(row));
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
    try {
      await this.margin.store.remove(this.thread, this.comment.number);
      this.margin.session.announcer.answer("Deleted.");
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
    const kept = this.margin.drafts.get(this.draft) !== null;
    const writing = new Writing({
      id: `edit-${this.thread.id}-${this.comment.number}`,
      label: "Change your comment",
      draft: this.draft,
      margin: this.margin,
    });
    if (!kept) writing.box.value = this.comment.body;
    const discard = action("Discard changes");
    const buttons = element("p", { class: "coprod-comment__actions" }, submit("Save"), discard);
    const form = element("form", { class: "coprod-comment__form", novalidate: "" }, writing.root, buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save(writing);
    });
    discard.addEventListener("click", () => {
      writing.clear();
      this.redraw();
    });
    sendsByKey(form);
    this.form = form;
    this.root.replaceChildren(form);
    if (!kept) writing.box.focus();
  }

  private async save(writing: Writing): Promise<void> {
    const { store, session } = this.margin;
    const saved = await writing.send((body) => store.edit(this.thread, this.comment.number, body));
    if (!saved) return;
    const comment = saved.comments.find(({ number }) => number === this.comment.number);
    if (comment) this.comment = comment;
    this.redraw();
    session.announcer.answer("Saved.");
  }
}
