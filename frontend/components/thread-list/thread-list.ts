// The threads of one section: beside their words where there is a margin, under the text elsewhere.
import { TextSelection } from "prosemirror-state";
import { anchorAt, type Range } from "../../editor/anchors";
import { element } from "../../editor/elements";
import type { Thread } from "../../editor/threads";
import { ConfigurableComponent } from "../../lib/component";
import { Alignment, type Placed } from "./alignment";
import { Card } from "./card";
import { Compose } from "./compose";
import { Fold } from "./fold";
import { Margin } from "./margin";

interface Config {
  section: string;
  canComment: boolean;
}

export class ThreadList extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-thread-list";
  static defaults: Config = { section: "", canComment: false };
  static schema = { properties: { section: { type: "string" }, canComment: { type: "boolean" } } };

  private readonly margin: Margin;
  private readonly alignment: Alignment;
  private readonly section: HTMLElement;
  private readonly cards = new Map<number, Card>();
  private readonly list = element("ul", { class: "coprod-threads__list" });
  private readonly jump = element("button", { type: "button", class: "coprod-thread__action" });
  private readonly add = element(
    "button",
    { type: "button", class: "coprod-thread__action" },
    "Add a comment",
  );
  private readonly trouble = element("p", { class: "coprod-threads__trouble" });
  private readonly fold: Fold;
  private compose: Compose | null = null;

  constructor($root: Element | null) {
    super($root);
    const key = this.config.section;
    this.margin = Margin.of(this.$root);
    this.alignment = Alignment.of(this.margin);
    this.section = this.$root.closest<HTMLElement>(".coprod-section") ?? this.$root;
    const title = this.margin.session.titleOf(key);
    this.list.setAttribute("aria-label", `Comments on ${title}`);
    this.add.append(element("span", { class: "nhsuk-u-visually-hidden" }, ` on ${title}`));
    this.add.hidden = !this.config.canComment;
    const bar = element("div", { class: "coprod-threads__bar" }, this.jump, this.add);
    this.fold = new Fold(this.list, title);
    this.$root.replaceChildren(bar, this.trouble, this.list, this.fold.button);
    this.listen();
    this.alignment.add({ section: this.section, key, placed: () => this.placed() });
    if (this.margin.drafts.get(`about:${key}`)) this.write();
    this.show();
  }

  private listen(): void {
    this.margin.on("change", () => this.show());
    this.jump.addEventListener("click", () => this.focusOn(this.shown[0]?.id));
    // The text keeps what is selected in it.
    this.add.addEventListener("mousedown", (event) => event.preventDefault());
    this.add.addEventListener("click", () => this.begin());
    this.section.addEventListener("coprod:comment", () => this.begin());
    this.section.addEventListener("keydown", (event) => this.onKey(event));
  }

  private get shown(): Thread[] {
    return this.margin.shownIn(this.config.section);
  }

  private get view() {
    return this.margin.session.sections.get(this.config.section)?.view ?? null;
  }

  /** With words selected: a new comment. With the caret among somebody's words: to their comment. */
  private onKey(event: KeyboardEvent): void {
    const pressed = (event.ctrlKey || event.metaKey) && event.altKey && event.code === "KeyM";
    if (!pressed || event.getModifierState("AltGraph")) return;
    event.preventDefault();
    const within = this.view?.hasFocus() || document.activeElement === this.view?.dom;
    const at = this.view && within && this.view.state.selection.empty ? anchorAt(this.view.state) : null;
    if (at) this.focusOn(at);
    else this.begin();
  }

  // -- what is shown ---------------------------------------------------------------------------------
  private show(): void {
    const threads = this.shown;
    const wanted = new Set(threads.map((thread) => thread.id));
    for (const [id, card] of this.cards) {
      if (wanted.has(id)) continue;
      card.root.remove();
      this.cards.delete(id);
    }
    const cards = threads.map((thread) => this.cardOf(thread));
    this.order([...(this.compose ? [this.compose.root] : []), ...cards.map((card) => card.root)]);
    if (this.jump.hidden !== !threads.length) this.jump.hidden = !threads.length;
    say(this.jump, `Comments in this section (${threads.length})`);
    this.fold.show(threads.length);
    say(this.trouble, this.margin.trouble && `Comments cannot be shown now. ${this.margin.trouble}`);
    this.alignment.soon();
  }

  private cardOf(thread: Thread): Card {
    const known = this.cards.get(thread.id);
    const card: Card =
      known ??
      new Card(this.margin, thread, {
        toText: () => this.toText(thread.id),
        bring: () => this.alignment.bring(card.root),
        leave: () => this.leave(),
      });
    card.show(thread);
    this.cards.set(thread.id, card);
    return card;
  }

  /** Whatever has the focus is never moved: the others are put before and behind it. */
  private order(items: HTMLElement[]): void {
    if (
      items.every((item, nth) => this.list.children[nth] === item) &&
      this.list.children.length === items.length
    )
      return;
    const focused = items.findIndex((item) => item.contains(document.activeElement));
    if (focused < 0) this.list.replaceChildren(...items);
    else {
      items[focused]?.before(...items.slice(0, focused));
      this.list.append(...items.slice(focused + 1));
    }
  }

  /** In the order in which they stand beside the words, for the alignment. */
  private placed(): Placed[] {
    const composing = this.compose;
    const threads = this.shown.flatMap((thread): Placed[] => {
      const card = this.cards.get(thread.id);
      const position = this.margin.rangeOf(this.config.section, thread.id)?.from ?? null;
      const isActive = !composing && this.margin.active === thread.id;
      return card ? [{ root: card.root, position, isActive }] : [];
    });
    if (!composing) return threads;
    const position = composing.range?.from ?? null;
    const before = threads.filter((each) => (each.position ?? -1) < (position ?? 0));
    const behind = threads.slice(before.length);
    return [...before, { root: composing.root, position, isActive: true }, ...behind];
  }

  // -- from the text to threads and back ---------------------------------------------------------------
  private focusOn(id: number | undefined): void {
    const card = id === undefined ? undefined : this.cards.get(id);
    if (id === undefined) return;
    this.margin.activate(id);
    card?.title.focus({ preventScroll: true });
    if (card) this.alignment.bring(card.root);
  }

  private toText(id: number): void {
    const range = this.margin.rangeOf(this.config.section, id);
    const { view } = this;
    if (!view) {
      this.jump.focus();
      return;
    }
    const { from, to } = view.state.selection;
    // Who came from these words finds the caret where it was.
    const inside = range && range.from <= from && to <= range.to;
    const target = range && !inside ? range : { from, to };
    this.enter(target, range !== null && !inside);
  }

  private enter({ from, to }: Range, collapse: boolean): void {
    const { view } = this;
    if (!view) return;
    const end = collapse ? from : to;
    const selection = TextSelection.between(view.state.doc.resolve(from), view.state.doc.resolve(end));
    view.dom.focus({ preventScroll: true });
    view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
    view.focus();
    if (view.editable) return;
    // What cannot be written in gets no selection from its editor.
    const [a, b] = [view.domAtPos(selection.from), view.domAtPos(selection.to)];
    getSelection()?.setBaseAndExtent(a.node, a.offset, b.node, b.offset);
    view.dom.ownerDocument.getSelection()?.focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
  }

  /** The thread in focus goes from the list: the focus stays in this section. */
  private leave(): void {
    if (this.list.contains(document.activeElement) || document.activeElement === document.body)
      (this.jump.hidden ? this.add : this.jump).focus();
  }

  // -- writing -----------------------------------------------------------------------------------------
  private begin(): void {
    if (!this.config.canComment) return;
    const compose = this.write();
    compose.take();
    compose.focus();
    this.alignment.bring(compose.root);
  }

  private write(): Compose {
    if (this.compose) return this.compose;
    const key = this.config.section;
    this.compose = new Compose(this.margin, key, {
      done: (thread) => this.finish(thread),
      toText: () => this.toText(0),
    });
    this.show();
    return this.compose;
  }

  private finish(thread: Thread | null): void {
    this.compose = null;
    if (thread) this.margin.activate(thread.id);
    this.show();
    if (!this.view) this.add.focus();
    else {
      // Behind what was selected: the next letter must not replace it.
      const { to } = this.view.state.selection;
      this.enter({ from: to, to }, false);
    }
  }
}

function say(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
