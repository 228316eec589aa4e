// One thread as a card: closed it shows how it began, open everything that was said and what can be done.
import { element, sideBadge } from "../../editor/elements";
import { sideWord } from "../../editor/presence";
import type { Thread } from "../../editor/threads";
import { CommentItem } from "./comment";
import type { Margin } from "./margin";
import { Reply } from "./reply";
import { factsOf, isBlocking, KINDS, repliesOf, shortened } from "./words";

interface Ways {
  /** To its words in the text, or to where one was in it. */
  toText: () => void;
  /** Into view: what is opened can move to its words. */
  bring: () => void;
  /** It is about to go from the list. */
  leave: () => void;
}

export class Card {
  readonly root: HTMLLIElement;
  readonly title = element("button", { type: "button", class: "coprod-thread__open" });
  private readonly facts = element("p", { class: "coprod-thread__facts" });
  private readonly quote = element("button", { type: "button", class: "coprod-thread__quote" });
  private readonly lost = element("p", { class: "coprod-thread__lost" });
  private readonly comments = element("div", { class: "coprod-thread__comments" });
  private readonly more = element("p", { class: "coprod-thread__more" });
  private readonly items = new Map<number, CommentItem>();
  /** Made when it is first needed: a page can have hundreds of closed cards. */
  private reply: Reply | null = null;
  private shown = "";

  constructor(
    private readonly margin: Margin,
    private thread: Thread,
    private readonly ways: Ways,
  ) {
    const heading = element("h3", { class: "coprod-thread__title" }, this.title);
    const id = `thread-${thread.id}`;
    this.root = element("li", { class: "coprod-thread", id });
    this.root.append(heading, this.facts, this.lost, this.quote, this.comments, this.more);
    this.title.addEventListener("click", () => this.toggle());
    this.quote.addEventListener("click", ways.toText);
    this.root.addEventListener("click", (event) => this.point(event));
    this.root.addEventListener("focusin", ({ target }) => target !== this.title && this.activate());
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && ways.toText());
    if (margin.drafts.get(`reply:${thread.id}`) !== null) this.foot();
    this.show(thread);
  }

  private foot(): Reply {
    if (this.reply) return this.reply;
    this.reply = new Reply(this.margin, this.thread, this.ways.leave);
    this.root.append(this.reply.root);
    return this.reply;
  }

  private toggle(): void {
    if (this.open) this.margin.activate(null);
    else this.activate();
  }

  private activate(): void {
    if (this.margin.active === this.thread.id) return;
    this.margin.activate(this.thread.id);
    this.ways.bring();
  }

  /** Anywhere on a closed card opens it. */
  private point({ target }: Event): void {
    if (target instanceof Element && !target.closest("button, a, form")) this.activate();
  }

  get open(): boolean {
    return this.margin.active === this.thread.id || (this.reply?.busy ?? false);
  }

  show(thread: Thread): void {
    this.thread = thread;
    const gone = this.margin.isGone(thread);
    const key = JSON.stringify([thread, gone, this.open]);
    if (key === this.shown) return;
    this.shown = key;
    this.showHead(thread, gone);
    this.showComments(thread);
    if (this.open) this.foot().show(thread, gone);
    if (this.reply) this.reply.root.hidden = !this.open;
    this.more.hidden = this.open || thread.comments.length < 2;
    this.more.textContent = repliesOf(thread);
  }

  private showHead(thread: Thread, gone: boolean): void {
    const { name, side } = thread.opened_by;
    const open = this.open;
    const looks = { active: open, gone, resolved: thread.state === "resolved", new: thread.unread > 0 };
    for (const [look, on] of Object.entries(looks)) this.root.classList.toggle(`coprod-thread--${look}`, on);
    this.title.setAttribute("aria-expanded", String(open));
    this.title.replaceChildren(
      sideBadge(name, side, sideWord(side)),
      element("span", { class: "nhsuk-u-visually-hidden" }, `, ${factsOf(thread)}`),
    );
    this.facts.replaceChildren(...tagsOf(thread));
    this.facts.hidden = !this.facts.childElementCount;
    const { quote, removed_by, state } = thread.anchor;
    this.quote.hidden = gone || state === "section";
    this.quote.replaceChildren(
      element("span", { class: "nhsuk-u-visually-hidden" }, "Go to the words "),
      `“${shortened(quote)}”`,
    );
    this.lost.hidden = !gone;
    const remover = removed_by ? `${removed_by.name} removed` : "The text no longer has";
    this.lost.replaceChildren(`${remover} the words `, element("q", {}, shortened(quote, 200)), ".");
  }

  private showComments(thread: Thread): void {
    for (const comment of thread.comments) {
      const item = this.items.get(comment.number) ?? new CommentItem(this.margin, thread, comment);
      item.show(thread, comment);
      if (!this.items.has(comment.number)) this.comments.append(item.root);
      this.items.set(comment.number, item);
      item.root.hidden = !this.open && comment.number > 1;
    }
  }
}

function tagsOf(thread: Thread): HTMLElement[] {
  const tags: [string, string][] = [];
  if (thread.kind !== "comment") tags.push([thread.kind, KINDS[thread.kind]]);
  if (thread.state !== "open")
    tags.push([thread.state, thread.state === "answered" ? "Answered" : "Resolved"]);
  if (thread.addressed) tags.push(["addressed", `For the ${sideWord(thread.addressed)}`]);
  if (isBlocking(thread)) tags.push(["blocking", "Before handing in"]);
  if (thread.committee_reads) tags.push(["version", "The committee reads it too"]);
  if (thread.unread) tags.push(["new", "New"]);
  return tags.map(([look, words]) =>
    element(
      "span",
      { class: `coprod-thread__tag coprod-thread__tag--${look}`, "aria-hidden": "true" },
      words,
    ),
  );
}
