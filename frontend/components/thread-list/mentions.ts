// The list of names that comes up under a box when somebody writes @: chosen by arrow keys, by mouse or by finger.
import { element } from "../../editor/elements";
import { sideWord } from "../../editor/presence";
import { type Call, callAt, fitting, type Name, type Names } from "./names";

interface Ways {
  names: Names;
  /** Said to screen readers. */
  say: (sentence: string) => void;
}

const KEYS = "Use the up and down arrows to move, Enter to choose, Escape to close.";

/** The box stays a box of several lines: its caret stays where it is, and the list is pointed at from it. */
export class Mentions {
  readonly root: HTMLUListElement;
  private shown: Name[] = [];
  private active = 0;
  private call: Call | null = null;
  /** Where the @ stands whose list was closed with Escape: it does not come back by itself. */
  private dismissed = -1;

  constructor(
    private readonly box: HTMLTextAreaElement,
    private readonly ways: Ways,
  ) {
    this.root = element("ul", {
      id: `${box.id}-names`,
      class: "coprod-mentions",
      role: "listbox",
      "aria-label": "People you can call",
      hidden: "",
    });
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
    box.addEventListener("input", () => void this.look());
    box.addEventListener("keydown", (event) => this.onKey(event));
    box.addEventListener("click", () => this.open && void this.look());
    box.addEventListener("blur", () => this.close());
    // The box keeps the focus, and on a phone its keyboard.
    this.root.addEventListener("pointerdown", (event) => event.preventDefault());
    this.root.addEventListener("mousedown", (event) => event.preventDefault());
    this.root.addEventListener("click", (event) => this.onClick(event));
  }

  get open(): boolean {
    return !this.root.hidden;
  }

  private async look(): Promise<void> {
    const call = callAt(this.box.value, this.box.selectionStart);
    if (call?.at !== this.dismissed) this.dismissed = -1;
    if (!call || call.at === this.dismissed) return this.close();
    const names = await this.ways.names.all();
    // Somebody types on while the names are asked for.
    const now = callAt(this.box.value, this.box.selectionStart);
    const fits = now ? fitting(names, now.said) : [];
    if (!now || !fits.length || document.activeElement !== this.box) return this.close();
    this.call = now;
    this.show(fits);
  }

  private show(names: Name[]): void {
    const before = this.shown.map(({ call }) => call).join("\n");
    const same = this.open && before === names.map(({ call }) => call).join("\n");
    if (same) return;
    this.shown = names;
    this.root.replaceChildren(...names.map((name, nth) => this.option(name, nth)));
    this.root.hidden = false;
    this.box.setAttribute("aria-controls", this.root.id);
    this.point(0);
    this.ways.say(`${names.length === 1 ? "1 name" : `${names.length} names`}. ${KEYS}`);
  }

  private option(name: Name, nth: number): HTMLLIElement {
    const whom = name.is_side ? name.people.join(", ") : name.side ? sideWord(name.side) : "";
    const words = element("span", { class: "coprod-mentions__call" }, `@${name.call}`);
    const more = whom ? [" ", element("span", { class: "coprod-mentions__whom" }, whom)] : [];
    return element(
      "li",
      {
        id: `${this.root.id}-${nth}`,
        role: "option",
        class: "coprod-mentions__name",
        "data-nth": String(nth),
      },
      words,
      ...more,
    );
  }

  private point(nth: number): void {
    this.active = (nth + this.shown.length) % this.shown.length;
    [...this.root.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === this.active));
    });
    const option = this.root.children[this.active];
    this.box.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  }

  private onKey(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
    if (!this.open || isComposing || ctrlKey || metaKey || altKey) return;
    const deeds: Record<string, () => void> = {
      ArrowDown: () => this.point(this.active + 1),
      ArrowUp: () => this.point(this.active - 1),
      Enter: () => this.choose(this.active),
      Tab: () => this.choose(this.active),
      Escape: () => {
        this.dismissed = this.call?.at ?? -1;
        this.close();
      },
    };
    const deed = shiftKey ? undefined : deeds[key];
    if (!deed) {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) this.close();
      return;
    }
    // Not a new line, not to the next field, not back to the text.
    event.preventDefault();
    event.stopPropagation();
    deed();
  }

  private onClick({ target }: Event): void {
    const option = target instanceof Element ? target.closest<HTMLElement>("[data-nth]") : null;
    if (option) this.choose(Number(option.dataset.nth));
  }

  /** As if it had been typed, so that the browser can take it back. */
  private choose(nth: number): void {
    const name = this.shown[nth];
    if (!name || !this.call) return;
    const end = this.box.selectionEnd;
    const words = `@${name.call}`;
    const gap = /^\s/.test(this.box.value.slice(end)) ? "" : " ";
    this.box.setRangeText(words + gap, this.call.at, end, "end");
    this.close();
    this.ways.say(`${words} inserted.`);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private close(): void {
    if (!this.open) return;
    this.root.hidden = true;
    this.shown = [];
    this.call = null;
    this.box.removeAttribute("aria-activedescendant");
    this.box.removeAttribute("aria-controls");
  }
}
