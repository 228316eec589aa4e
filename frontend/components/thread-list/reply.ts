// The foot of a thread: reply, answer, resolve, open again, put it back on words; and why not.
import { anchorFrom, LONGEST_QUOTE } from "../../editor/anchors";
import { element } from "../../editor/elements";
import { hear } from "../../editor/selection";
import { sentenceOf, type Thread } from "../../editor/threads";
import type { Margin } from "./margin";
import { NatureForm } from "./nature";
import { notTold } from "./words";
import { action, sendsByKey, submit, Writing } from "./writing";

const SELECT = "Select the words in the text first, then choose this again.";

export class Reply {
  readonly root: HTMLElement;
  readonly writing: Writing;
  private readonly answer = submit("Answer");
  private readonly resolve = action("Resolve");
  private readonly reopen = action("Open again");
  private readonly attach = action("Attach to selection");
  private readonly change = action("Change what this is");
  private nature: NatureForm | null = null;
  private readonly why = element("p", { class: "coprod-thread__why" });
  private readonly wrong = element("p", { class: "nhsuk-error-message", role: "alert", hidden: "" });

  constructor(
    private readonly margin: Margin,
    private thread: Thread,
    private readonly leave: () => void,
  ) {
    this.writing = new Writing({
      id: `reply-${thread.id}`,
      label: "Your reply",
      draft: `reply:${thread.id}`,
      margin,
    });
    const buttons = element("div", { class: "coprod-thread__buttons" }, submit("Reply"), this.answer);
    const form = element(
      "form",
      { class: "coprod-thread__reply", novalidate: "" },
      this.writing.root,
      buttons,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send(event.submitter === this.answer);
    });
    sendsByKey(form);
    this.resolve.addEventListener("click", () => void this.settle());
    this.reopen.addEventListener(
      "click",
      () => void this.try(() => margin.store.reopen(this.thread), "Open again."),
    );
    // The text keeps its selection.
    this.attach.addEventListener("mousedown", (event) => event.preventDefault());
    this.attach.addEventListener("click", () => void this.putBack());
    this.change.addEventListener("click", () => this.sayAnew());
    const actions = element("p", { class: "coprod-thread__actions" });
    actions.append(this.resolve, this.reopen, this.attach, this.change);
    this.root = element("div", { class: "coprod-thread__foot" }, form, this.wrong, actions, this.why);
    this.show(thread, false);
  }

  show(thread: Thread, gone: boolean): void {
    this.thread = thread;
    const { answer, change, resolve, reopen, reattach, reply } = thread.abilities;
    const form = this.root.querySelector("form");
    if (form) form.hidden = !reply.allowed;
    this.answer.hidden = !answer.allowed;
    this.resolve.hidden = !resolve.allowed;
    this.reopen.hidden = !reopen.allowed;
    this.attach.hidden = !(reattach.allowed && gone);
    this.change.hidden = !change.allowed || this.nature !== null;
    this.why.textContent = !reply.allowed ? reply.reason : thread.state === "resolved" ? "" : resolve.reason;
  }

  /** Something is half written here. */
  get busy(): boolean {
    return this.writing.value !== "";
  }

  private async send(answers: boolean): Promise<void> {
    const { store, session } = this.margin;
    const saved = await this.writing.send((body) => store.reply(this.thread, body, answers));
    if (saved) session.announcer.answer(`Sent. ${notTold(saved.not_mentioned)}`.trim());
    if (saved) this.complain(notTold(saved.not_mentioned));
  }

  private async settle(): Promise<void> {
    if (await this.try(() => this.margin.store.resolve(this.thread), "Resolved.")) this.leave();
  }

  private async putBack(): Promise<void> {
    const section = this.margin.session.sections.get(this.thread.section);
    if (section) hear(section.view);
    const anchor = section && anchorFrom(section.view.state, section.options.text);
    if (!anchor) return this.complain(SELECT);
    if (anchor.quote.length > LONGEST_QUOTE)
      return this.complain(`Select up to ${LONGEST_QUOTE} characters.`);
    await this.try(() => this.margin.store.attach(this.thread, anchor), "Attached.");
  }

  /** What it is, chosen anew; nothing of it is drawn again while somebody chooses. */
  private sayAnew(): void {
    const form = new NatureForm(this.margin, this.thread, () => {
      form.root.remove();
      this.nature = null;
      this.change.hidden = !this.thread.abilities.change.allowed;
      this.change.focus();
    });
    this.nature = form;
    this.change.hidden = true;
    this.change.parentElement?.after(form.root);
    form.focus();
  }

  private async try(deed: () => Promise<Thread>, done: string): Promise<boolean> {
    try {
      await deed();
      this.complain("");
      this.margin.session.announcer.answer(done);
      return true;
    } catch (error) {
      this.complain(sentenceOf(error));
      return false;
    }
  }

  private complain(sentence: string): void {
    this.wrong.textContent = sentence;
    this.wrong.hidden = !sentence;
  }
}
