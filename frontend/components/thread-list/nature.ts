// Saying anew what a thread is, where it stands: for whoever opened it.
import { element } from "../../editor/elements";
import { sentenceOf, type Thread } from "../../editor/threads";
import { Choices } from "./choices";
import type { Margin } from "./margin";
import { action, sendsByKey, submit } from "./writing";

export class NatureForm {
  readonly root: HTMLFormElement;
  private readonly choices: Choices;
  private readonly wrong = element("p", { class: "nhsuk-error-message", role: "alert", hidden: "" });

  /** `done` once it is closed, saved or not. */
  constructor(
    private readonly margin: Margin,
    private readonly thread: Thread,
    private readonly done: () => void,
  ) {
    this.choices = new Choices(`thread-${thread.id}`);
    this.choices.value = thread;
    const leave = action("Leave it as it is");
    const buttons = element("div", { class: "coprod-thread__buttons" }, submit("Save"), leave);
    const title = "What this is";
    this.root = element("form", { class: "coprod-thread__nature", "aria-label": title, novalidate: "" });
    this.root.append(...this.choices.lines, this.wrong, buttons);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    leave.addEventListener("click", done);
    sendsByKey(this.root);
  }

  focus(): void {
    this.choices.focus();
  }

  private async save(): Promise<void> {
    try {
      await this.margin.store.change(this.thread, this.choices.value);
      this.margin.session.announcer.answer("It is changed.");
      this.done();
    } catch (error) {
      this.wrong.textContent = sentenceOf(error);
      this.wrong.hidden = false;
    }
  }
}
