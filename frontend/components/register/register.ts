// A table that several people fill in at once: rows with a stable id, cells that each keep the latest answer.
import * as Y from "yjs";
import { choicesOf, inWords } from "../../editor/aim";
import { shown, type Values } from "../../editor/cell";
import type { Column } from "../../editor/cellvalues";
import { cellsIn } from "../../editor/clipboard";
import { element } from "../../editor/elements";
import { Session } from "../../editor/session";
import { ConfigurableComponent } from "../../lib/component";
import { Notices } from "./notices";
import { PASTE, type Pasted, pasteCells } from "./pasting";
import { RegisterRow } from "./row";

interface Config {
  section: string;
  /** How many rows there can be. */
  most: number;
}

export class Register extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-register";
  static defaults: Config = { section: "", most: 100 };
  static schema = { properties: { section: { type: "string" }, most: { type: "number" } } };

  private readonly session: Session;
  private readonly rows: Y.Array<Values>;
  private readonly shownRows = new Map<Values, RegisterRow>();
  private readonly body: HTMLElement;
  private readonly template: HTMLTemplateElement | null;
  private readonly notices: Notices;
  private readonly columns: Column[];
  private writing = false;
  /** The last paste, while the next undo is meant for it. */
  private pasted: Pasted | null = null;

  constructor($root: Element | null) {
    super($root);
    this.session = Session.of(this.$root);
    this.rows = this.session.doc.getArray(`r:${this.config.section}`);
    this.body = this.$root.querySelector("tbody") ?? this.$root;
    this.template = this.$root.querySelector("template");
    this.notices = new Notices(this.part("notice"));
    this.columns = [...this.$root.querySelectorAll<HTMLElement>("thead th[data-key]")].map(columnOf);
    this.session.whenSynced(() => this.begin());
    this.session.follow(this.$root, this.config.section);
  }

  private begin(): void {
    this.add.addEventListener("click", () => this.addRow());
    this.body.addEventListener("paste", (event) => this.paste(event));
    this.body.addEventListener("input", () => {
      this.pasted = null;
    });
    this.body.addEventListener("keydown", (event) => this.key(event));
    this.session.whenWritable((writable) => this.allow(writable));
    this.rows.observeDeep((events, transaction) => {
      for (const event of events) this.changed(event, transaction);
      this.show();
    });
    this.show();
  }

  private part(name: string): HTMLElement {
    return this.$root.querySelector<HTMLElement>(`.coprod-register__${name}`) ?? element("p");
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
    this.add.hidden = this.part("tip").hidden = !writable;
    for (const row of this.shownRows.values()) row.enabled = writable;
    this.show();
  }

  private changed(event: Y.YEvent<Y.AbstractType<unknown>>, { local, origin }: Y.Transaction): void {
    const pasted = origin === PASTE;
    if (!(event instanceof Y.YMapEvent) || (local && !pasted)) return;
    const row = this.shownRows.get(event.target as Values);
    for (const key of event.keysChanged) {
      if (pasted) row?.refresh(key as string);
      else row?.receive(key as string);
    }
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
    for (const spare of [...this.body.children].slice(rows.length)) spare.remove();
    if (!rows.length) this.body.append(this.none());
    this.add.disabled = rows.length >= this.config.most;
    this.part("full").hidden = !this.add.disabled || this.add.hidden;
  }

  private none(): HTMLElement {
    const words = "No rows yet. Add the first, or paste cells from a spreadsheet into it.";
    const cell = element(
      "td",
      { class: "nhsuk-table__cell", colspan: String(this.columns.length + 1) },
      words,
    );
    return element("tr", { class: "coprod-register__none" }, cell);
  }

  private make(values: Values): RegisterRow {
    const template = this.template as HTMLTemplateElement;
    const row = new RegisterRow(this.session, values, template, () => this.remove(values));
    row.enabled = this.session.provider.writable;
    this.shownRows.set(values, row);
    return row;
  }

  /** Somebody else removed it. What was written in it on this page is offered back, and does not go in silence. */
  private drop(values: Values, row: RegisterRow): void {
    const mine = row.ownWords();
    const everything = [...row.everything()];
    const inside = row.root.contains(document.activeElement);
    row.destroy();
    this.shownRows.delete(values);
    if (!mine.length) return;
    const back = this.notices.offer(
      `Somebody removed a row you had written in. You had: ${mine.join(", ")}.`,
      "Put it back",
      () => this.putBack(this.rows.length, everything),
    );
    if (inside) back.focus();
  }

  private addRow(): void {
    if (this.rows.length >= this.config.most) return;
    const values: Values = new Y.Map();
    values.set("id", crypto.randomUUID());
    this.rows.push([values]);
    this.shownRows.get(this.rows.get(this.rows.length - 1))?.focus();
  }

  private remove(values: Values): void {
    const index = this.rows.toArray().indexOf(values);
    if (index < 0) return;
    this.shownRows.get(values)?.settleDrafts();
    const said: [string, unknown][] = [...values.entries()];
    this.shownRows.get(values)?.destroy();
    this.shownRows.delete(values);
    this.rows.delete(index);
    // The focus goes to the way back, because it stood in the row.
    this.notices.about("Row removed.", "Put it back", () => this.putBack(index, said)).focus();
  }

  private putBack(index: number, values: [string, unknown][]): void {
    this.notices.clear();
    if (this.rows.length >= this.config.most) {
      const again = (): void => this.putBack(index, values);
      this.notices.about(`The table is full: it can have ${this.config.most} rows.`, "Put it back", again);
      return;
    }
    this.rows.insert(Math.min(index, this.rows.length), [new Y.Map(values)]);
    this.shownRows.get(this.rows.get(Math.min(index, this.rows.length - 1)))?.focus();
  }

  private paste(event: ClipboardEvent): void {
    const cells = event.clipboardData && cellsIn(event.clipboardData);
    const holder = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
    const row = [...this.body.children].indexOf(holder?.closest("tr") as Element);
    const column = this.columns.findIndex(({ key }) => key === holder?.dataset.cell);
    if (!cells || row < 0 || column < 0 || !this.session.provider.writable) return;
    event.preventDefault();
    for (const each of this.shownRows.values()) each.settleDrafts();
    const { rows, columns } = this;
    const done = pasteCells(cells, { rows, columns, row, column, most: this.config.most });
    this.pasted = typeof done === "string" ? null : done;
    if (typeof done === "string") this.notices.about(done);
    else this.notices.about(done.sentence, "Take it back", () => this.takeBack(done));
  }

  private key(event: KeyboardEvent): void {
    const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!undo || !this.pasted || !this.session.provider.writable) return;
    event.preventDefault();
    this.takeBack(this.pasted);
  }

  private takeBack(pasted: Pasted): void {
    const inside = this.$root.contains(document.activeElement);
    this.pasted = null;
    this.notices.about(pasted.undo());
    // What had the focus may be gone with the rows or the button.
    if (inside && !this.$root.contains(document.activeElement)) this.refocus();
  }

  private refocus(): void {
    const last = this.rows.length ? this.shownRows.get(this.rows.get(this.rows.length - 1)) : null;
    if (last) last.focus();
    else this.add.focus();
  }

  /** For readers: plain cells, drawn again whenever something changes, for nobody's focus is in them. */
  private showText(): void {
    const lines = this.rows.toArray().map((values) => {
      const cells = this.columns.map(({ key, label, kind, choices }) => {
        const words = inWords(shown(values, key), new Map(choices), kind);
        const attributes = { class: "nhsuk-table__cell coprod-register__cell", "data-heading": label };
        return element("td", attributes, words);
      });
      return element("tr", { class: "coprod-register__row" }, ...cells);
    });
    if (lines.length) this.body.replaceChildren(...lines);
  }
}

function columnOf(head: HTMLElement): Column {
  const { key = "", kind = "text", choices } = head.dataset;
  const label = head.firstChild?.textContent?.trim() ?? "";
  return { key, label, kind, choices: [...choicesOf(choices)] };
}
