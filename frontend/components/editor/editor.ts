// The text of one section: as the server rendered it, until the shared text is here and can be written in.

import { Section } from "../../editor/section";
import { Session } from "../../editor/session";
import { countSentence, countWords } from "../../editor/words";
import { ConfigurableComponent } from "../../lib/component";
import { Toolbar } from "../toolbar/toolbar";

interface Config {
  section: string;
  /** Words; 0 where there is no limit. */
  limit: number;
  describedBy: string;
}

export class Editor extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-editor";
  static defaults: Config = { section: "", limit: 0, describedBy: "" };
  static schema = {
    properties: { section: { type: "string" }, limit: { type: "number" }, describedBy: { type: "string" } },
  };

  private readonly session: Session;
  private section: Section | null = null;
  private toolbar: Toolbar | null = null;

  constructor($root: Element | null) {
    super($root);
    this.session = Session.of(this.$root);
    this.session.whenSynced(() => this.begin());
    this.session.follow(this.$root, this.config.section);
  }

  private begin(): void {
    const { section: key, describedBy } = this.config;
    const { doc, provider } = this.session;
    const host = document.createElement("div");
    host.className = "coprod-editor__host";
    const section = new Section(host, {
      key,
      title: this.session.titleOf(key),
      text: doc.getText(`t:${key}`),
      awareness: provider.awareness,
      editable: provider.writable,
      describedBy,
      askForLink: () => {
        this.toolbar?.askForLink();
        return true;
      },
    });
    this.section = section;
    this.toolbar = new Toolbar(section);
    this.$root.querySelector(".coprod-editor__served")?.replaceWith(host);
    host.append(this.toolbar.root);
    section.onChange.add(() => this.count());
    this.session.whenWritable((writable) => this.allow(section, writable));
    this.count();
    this.session.addSection(section);
  }

  private allow(section: Section, writable: boolean): void {
    section.editable = writable;
    this.$root.classList.toggle("coprod-editor--writable", writable);
  }

  private count(): void {
    const line = this.$root.querySelector<HTMLElement>(".coprod-editor__count");
    if (!line || !this.section) return;
    const words = countWords(this.section.text);
    const { limit } = this.config;
    const sentence = countSentence(words, limit);
    if (line.textContent !== sentence) line.textContent = sentence;
    line.classList.toggle("coprod-editor__count--over", limit > 0 && words > limit);
  }
}
