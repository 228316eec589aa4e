// A table that several people fill in at once: rows with a stable id, cells that each keep the latest answer.
import * as Y from "yjs";
import { choicesOf, inWords } from "../../editor/aim";
import { shown, type Values } from "../../editor/cell";
import { element } from "../../editor/elements";
import { Session } from "../../editor/session";
import { ConfigurableComponent } from "../../lib/component";
import { RegisterRow } from "./row";

interface Config {
  section: string;
}

/** What a removed row said, so that it can be put back. */
interface Removed {
  index: number;
  values: [string, unknown][];
}

export class Register extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-register";
  static defaults: Config = { section: "" };
  static schema = { properties: { section: { type: "string" } } };

  private readonly session: Session;
  private readonly rows: Y.Array<Values>;
  private readonly shownRows = new Map<Values, RegisterRow>();
  private readonly body: HTMLElement;
  private readonly template: HTMLTemplateElement | null;
  private writing = false;

  constructor($root: Element | null) {
    super($root);
    this.session = Session.of(this.$root);
    this.rows = this.session.doc.getArray(`r:${this.config.section}`);
    this.body = this.$root.querySelector("tbody") ?? this.$root;
    this.template = this.$root.querySelector("template");
    this.session.whenSynced(() => this.begin());
    this.session.follow(this.$root, this.config.section);
  }

  private begin(): void {
    this.add.addEventListener("click", () => this.addRow());
    this.session.whenWritable((writable) => this.allow(writable));
    this.rows.observeDeep((events, transaction) => {
      for (const event of events) this.changed(event, transaction.local);
      this.show();
    });
    this.show();
  }

  private get add(): HTMLButtonElement {
    return this.$root.querySelector<HTMLButtonElement>(".coprod-register__add") ?? element("button");
  }

  private allow(writable: boolean): void {
    if (writable && this.template && !this.writing) {
      this.writing = true;
      this.$root.classList.add("coprod-register--writing");
      this.$root
        .querySelector("thead tr")
        ?.append(element("td", { class: "nhsuk-table__header coprod-register__actions" }));
      this.body.replaceChildren();
    }
    this.add.hidden = !writable;
    for (const row of this.shownRows.values()) row.enabled = writable;
  }

  private changed(event: Y.YEvent<Y.AbstractType<unknown>>, local: boolean): void {
    if (local || !(event instanceof Y.YMapEvent)) return;
    const row = this.shownRows.get(event.target as Values);
    for (const key of event.keysChanged) row?.receive(key as string);
  }

  private show(): void {
    if (this.writing) this.showControls();
    else this.showText();
  }

  /** Only what came or went is touched: a row that somebody writes in is never drawn again. */
  private showControls(): void {
    const rows = this.rows.toArray().filter((row) => row instanceof Y.Map);
    const present = new Set(rows);
    for (const [values, row] of this.shownRows) if (!present.has(values)) this.drop(values, row);
    rows.forEach((values, index) => {
      const row = this.shownRows.get(values) ?? this.make(values);
      row.number(index + 1);
      if (this.body.children[index] !== row.root)
        this.body.insertBefore(row.root, this.body.children[index] ?? null);
    });
  }

  private make(values: Values): RegisterRow {
    const template = this.template as HTMLTemplateElement;
    const row = new RegisterRow(this.session, values, template, () => this.remove(values));
    row.enabled = this.session.provider.writable;
    this.shownRows.set(values, row);
    return row;
  }

  private drop(values: Values, row: RegisterRow): void {
    const typed = row.unsaved();
    row.destroy();
    this.shownRows.delete(values);
    if (!typed.length) return;
    this.offer(
      `Somebody removed the row you were writing in. You had: ${typed.map(([, text]) => text).join(", ")}.`,
      {
        index: this.rows.length,
        values: [...row.everything()],
      },
    );
  }

  private addRow(): void {
    const values: Values = new Y.Map();
    values.set("id", crypto.randomUUID());
    this.rows.push([values]);
    this.shownRows.get(this.rows.get(this.rows.length - 1))?.focus();
  }

  private remove(values: Values): void {
    const index = this.rows.toArray().indexOf(values);
    if (index < 0) return;
    const removed = { index, values: [...values.entries()] };
    this.shownRows.get(values)?.destroy();
    this.shownRows.delete(values);
    this.rows.delete(index);
    this.offer("Row removed.", removed);
  }

  /** Says what went, with a way back; the focus goes to it, because it stood in the row. */
  private offer(sentence: string, removed: Removed): void {
    const back = element("button", { type: "button", class: "coprod-register__back" }, "Put it back");
    back.addEventListener("click", () => this.putBack(removed));
    this.notice.replaceChildren(element("span", {}, sentence), " ", back);
    back.focus();
  }

  private get notice(): HTMLElement {
    return this.$root.querySelector<HTMLElement>(".coprod-register__notice") ?? this.$root;
  }

  private putBack({ index, values }: Removed): void {
    this.rows.insert(Math.min(index, this.rows.length), [new Y.Map(values)]);
    this.notice.replaceChildren();
    this.shownRows.get(this.rows.get(Math.min(index, this.rows.length - 1)))?.focus();
  }

  /** For readers: plain cells, drawn again whenever something changes, for nobody's focus is in them. */
  private showText(): void {
    const columns = [...this.$root.querySelectorAll<HTMLElement>("thead th[data-key]")];
    const lines = this.rows.toArray().map((values) => {
      const cells = columns.map((column) => {
        const heading = column.firstChild?.textContent?.trim() ?? "";
        const words = inWords(shown(values, column.dataset.key ?? ""), choicesOf(column.dataset.choices));
        return element(
          "td",
          { class: "nhsuk-table__cell coprod-register__cell", "data-heading": heading },
          words,
        );
      });
      return element("tr", { class: "coprod-register__row" }, ...cells);
    });
    if (lines.length) this.body.replaceChildren(...lines);
  }
}
