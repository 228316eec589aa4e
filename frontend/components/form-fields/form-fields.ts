// Single answers of a section, shared by everybody: a list for readers, labelled controls for writers.

import { aimSentence, choicesOf, inWords } from "../../editor/aim";
import { Cell, shown, type Values } from "../../editor/cell";
import { Session } from "../../editor/session";
import { ConfigurableComponent } from "../../lib/component";

interface Config {
  section: string;
}

const NO_ANSWER = "Not answered yet";

export class FormFields extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-form-fields";
  static defaults: Config = { section: "" };
  static schema = { properties: { section: { type: "string" } } };

  private readonly session: Session;
  private readonly values: Values;
  private readonly cells = new Map<string, Cell>();

  constructor($root: Element | null) {
    super($root);
    this.session = Session.of(this.$root);
    this.values = this.session.doc.getMap(`f:${this.config.section}`);
    this.session.whenSynced(() => this.begin());
    this.session.follow(this.$root, this.config.section);
  }

  private begin(): void {
    this.session.whenWritable((writable) => this.allow(writable));
    this.values.observe((event, transaction) => {
      if (!transaction.local) for (const key of event.keysChanged) this.cells.get(key)?.receive();
      this.show();
    });
    this.show();
  }

  private allow(writable: boolean): void {
    if (writable && !this.cells.size) this.build();
    for (const cell of this.cells.values()) cell.control.enabled = writable;
  }

  private build(): void {
    const template = this.$root.querySelector("template");
    const served = this.$root.querySelector<HTMLElement>(".coprod-form-fields__served");
    if (!template || !served) return;
    const controls = template.content.cloneNode(true) as DocumentFragment;
    for (const holder of controls.querySelectorAll<HTMLElement>("[data-cell]")) {
      const key = holder.dataset.cell ?? "";
      this.cells.set(key, new Cell(this.session, this.values, key, holder));
    }
    served.replaceWith(controls);
  }

  private show(): void {
    for (const place of this.$root.querySelectorAll<HTMLElement>("[data-value]")) {
      const value = shown(this.values, place.dataset.value ?? "");
      place.textContent = inWords(value, choicesOf(place.dataset.choices), place.dataset.kind) || NO_ANSWER;
    }
    const sentence = this.$root.querySelector<HTMLElement>("[data-sentence=aim]");
    if (!sentence) return;
    const fields = Object.fromEntries([...this.values.keys()].map((key) => [key, shown(this.values, key)]));
    sentence.textContent = aimSentence(fields);
    sentence.hidden = !sentence.textContent;
  }
}
