// One row of a register in writing: a control for each column, and a button that removes it.
import { Cell, type Values } from "../../editor/cell";
import type { Session } from "../../editor/session";

let made = 0;

export class RegisterRow {
  readonly root: HTMLElement;
  private readonly cells: Cell[];
  private readonly removeButton: HTMLButtonElement | null;

  constructor(session: Session, values: Values, template: HTMLTemplateElement, onRemove: () => void) {
    const fragment = template.content.cloneNode(true) as DocumentFragment;
    this.root = fragment.firstElementChild as HTMLElement;
    this.removeButton = this.root.querySelector("button");
    this.removeButton?.addEventListener("click", onRemove);
    this.cells = [...this.root.querySelectorAll<HTMLElement>("[data-cell]")].map((holder) => {
      label(holder);
      return new Cell(session, values, holder.dataset.cell ?? "", holder);
    });
  }

  set enabled(enabled: boolean) {
    for (const cell of this.cells) cell.control.enabled = enabled;
    if (this.removeButton) this.removeButton.hidden = !enabled;
  }

  receive(key: string): void {
    this.cells.find((cell) => cell.key === key)?.receive();
  }

  /** Which row it is, for those who cannot see where a control stands. */
  number(nth: number): void {
    for (const place of this.root.querySelectorAll(".coprod-register__which")) {
      const words = `, row ${nth}`;
      if (place.textContent !== words) place.textContent = words;
    }
  }

  focus(): void {
    this.cells[0]?.control.root.focus();
  }

  refresh(key: string): void {
    this.cells.find((cell) => cell.key === key)?.refresh();
  }

  settleDrafts(): void {
    for (const cell of this.cells) cell.settleDraft();
  }

  /** What was written on this page and nobody has changed since: it must not go in silence. */
  ownWords(): string[] {
    return this.cells.filter((cell) => cell.mineToLose).map((cell) => cell.control.words);
  }

  /** The whole row as this page shows it. */
  everything(): Map<string, unknown> {
    const all = new Map<string, unknown>([["id", crypto.randomUUID()]]);
    for (const cell of this.cells) if (cell.control.value) all.set(cell.key, cell.control.value);
    return all;
  }

  destroy(): void {
    for (const cell of this.cells) cell.destroy();
    this.root.remove();
  }
}

function label(holder: HTMLElement): void {
  const id = `cell-${++made}`;
  holder.querySelector("input, textarea, select")?.setAttribute("id", id);
  holder.querySelector("label")?.setAttribute("for", id);
}
