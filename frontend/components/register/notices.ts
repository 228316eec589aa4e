// What a table says below itself: what was just done here, and what became of one's words in rows that others removed.
import { element } from "../../editor/elements";

export class Notices {
  private own: HTMLElement | null = null;

  constructor(private readonly root: HTMLElement) {}

  /** About something done on this page; takes the place of the last. Returns the button. */
  about(sentence: string, action = "", call: () => void = () => undefined): HTMLButtonElement {
    this.clear();
    const [entry, button] = made(sentence, action, call);
    this.own = entry;
    this.root.prepend(entry);
    return button;
  }

  clear(): void {
    this.own?.remove();
    this.own = null;
  }

  /** About something others did; it stays until it is answered, whatever else is told. */
  offer(sentence: string, action: string, call: () => void): HTMLButtonElement {
    const [entry, button] = made(sentence, action, () => {
      entry.remove();
      call();
    });
    const leave = element("button", { type: "button", class: "coprod-register__back" }, "Leave it");
    leave.addEventListener("click", () => entry.remove());
    entry.append(" ", leave);
    this.root.append(entry);
    return button;
  }
}

function made(sentence: string, action: string, call: () => void): [HTMLElement, HTMLButtonElement] {
  const button = element("button", { type: "button", class: "coprod-register__back" }, action);
  button.addEventListener("click", call);
  const entry = element("p", { class: "coprod-register__entry" }, element("span", {}, sentence));
  if (action) entry.append(" ", button);
  return [entry, button];
}
