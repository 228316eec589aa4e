// The formatting of one section: one stop for the Tab key, arrows within, Escape back to the text.
import { drawn, element } from "../../editor/elements";
import type { Section } from "../../editor/section";
import { hear } from "../../editor/selection";
import { TOOLS, type Tool } from "./buttons";
import { LinkForm } from "./link-form";

export class Toolbar {
  readonly root: HTMLElement;
  private readonly buttons: HTMLButtonElement[];
  private readonly linkForm: LinkForm;

  constructor(private readonly section: Section) {
    this.buttons = TOOLS.map((tool, nth) => this.button(tool, nth));
    const bar = element("div", { class: "coprod-toolbar__buttons", role: "toolbar" }, ...this.buttons);
    bar.setAttribute("aria-label", `Formatting for ${section.options.title}`);
    this.linkForm = new LinkForm(section, () => this.closeLink());
    this.root = element("div", { class: "coprod-toolbar" }, bar, this.linkForm.root);
    bar.addEventListener("keydown", (event) => this.onKey(event));
    section.onChange.add(() => this.refresh());
    this.refresh();
  }

  private button(tool: Tool, nth: number): HTMLButtonElement {
    const name = tool.more ? `${tool.label} (${tool.more})` : tool.label;
    const button = element("button", {
      type: "button",
      class: `coprod-toolbar__button coprod-toolbar__button--${tool.worded ? "worded" : tool.key}`,
      "aria-label": name,
      title: name,
      tabindex: nth === 0 ? "0" : "-1",
    });
    button.append(icon(tool), element("span", { class: "coprod-toolbar__label" }, tool.label));
    if (tool.isOn) button.setAttribute("aria-pressed", "false");
    // The text keeps its focus and its selection while a button is pressed with a pointer.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => this.press(tool, nth));
    return button;
  }

  private press(tool: Tool, nth: number): void {
    this.stop(nth);
    const { view } = this.section;
    hear(view);
    if (!this.section.editable || this.buttons[nth]?.getAttribute("aria-disabled") === "true") return;
    if (tool.command === "link") this.askForLink();
    // The list of threads beside this section listens.
    else if (tool.command === "comment")
      view.dom.dispatchEvent(new CustomEvent("coprod:comment", { bubbles: true }));
    else {
      tool.command(view.state, view.dispatch, view);
      view.focus();
    }
  }

  /** The button that the Tab key reaches. */
  private stop(nth: number): void {
    this.buttons.forEach((button, each) => {
      button.tabIndex = each === nth ? 0 : -1;
    });
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = this.buttons.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const next = targets[event.key];
    if (event.key === "Escape") this.section.view.focus();
    else if (next === undefined || at < 0) return;
    else {
      this.stop(next);
      this.buttons[next]?.focus();
    }
    event.preventDefault();
  }

  /** Opens the line that asks for an address, in place of the buttons. */
  askForLink(): void {
    if (!this.section.editable) return;
    this.root.classList.add("coprod-toolbar--asking");
    this.linkForm.open();
  }

  private closeLink(): void {
    this.root.classList.remove("coprod-toolbar--asking");
    this.section.view.focus();
  }

  refresh(): void {
    const { view, editable } = this.section;
    this.root.hidden = !editable;
    TOOLS.forEach((tool, nth) => {
      const button = this.buttons[nth];
      if (!button) return;
      if (tool.isOn) button.setAttribute("aria-pressed", String(tool.isOn(view.state)));
      // Not `disabled`: a button must not lose the focus because it was pressed.
      if (tool.can) button.setAttribute("aria-disabled", String(!tool.can(view.state)));
    });
  }
}

function icon(tool: Tool): Element {
  return tool.path
    ? drawn("coprod-toolbar__icon", tool.path)
    : element("span", { class: "coprod-toolbar__letter", "aria-hidden": "true" }, tool.letter ?? "");
}
