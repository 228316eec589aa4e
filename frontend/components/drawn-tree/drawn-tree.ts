// The rows of a table as a tree that grows while people write: the same nested list as the server's.
import type * as Y from "yjs";
import { aimSentence } from "../../editor/aim";
import { shown, type Values } from "../../editor/cell";
import { element } from "../../editor/elements";
import { Session } from "../../editor/session";
import { type Branch, type Level, treeOf } from "../../editor/tree";
import { ConfigurableComponent } from "../../lib/component";

interface Config {
  section: string;
}

/** Not on every letter, so that nothing flickers beside who is writing. */
const CALM = 300;

export class DrawnTree extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-drawn-tree";
  static defaults: Config = { section: "" };
  static schema = { properties: { section: { type: "string" } } };

  private readonly rows: Y.Array<Values>;
  private readonly aim: Y.Map<unknown>;
  private readonly levels: Level[];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor($root: Element | null) {
    super($root);
    const session = Session.of(this.$root);
    this.rows = session.doc.getArray(`r:${this.config.section}`);
    this.aim = session.doc.getMap("f:aim");
    const heads =
      this.$root.closest(".coprod-register")?.querySelectorAll<HTMLElement>("thead th[data-key]") ?? [];
    this.levels = [...heads].map((head) => ({
      key: head.dataset.key ?? "",
      label: head.firstChild?.textContent?.trim() ?? "",
      kind: head.dataset.kind ?? "text",
      choices: head.dataset.choices ?? "",
    }));
    session.whenSynced(() => {
      this.rows.observeDeep(() => this.soon());
      this.aim.observe(() => this.soon());
      this.draw();
    });
  }

  private soon(): void {
    this.timer ??= setTimeout(() => this.draw(), CALM);
  }

  private draw(): void {
    this.timer = undefined;
    const said = (values: Values): Record<string, string> =>
      Object.fromEntries([...values.keys()].map((key) => [key, shown(values, key)]));
    const branches = treeOf(this.levels, this.rows.toArray().map(said));
    this.$root.hidden = !branches.length;
    const root = this.$root.querySelector(".coprod-drawn-tree__aim");
    if (root) root.textContent = aimSentence(said(this.aim)) || "Not written yet";
    this.$root.querySelector(".coprod-drawn-tree__branches")?.replaceWith(listOf(branches));
  }
}

function listOf(branches: Branch[]): HTMLElement {
  const items = branches.map(({ label, words, branches: below }) => {
    const colon = element("span", { class: "nhsuk-u-visually-hidden" }, ":");
    const level = element("span", { class: "coprod-drawn-tree__level" }, label, colon);
    const box = element("p", { class: "coprod-drawn-tree__box" }, level, " ", words);
    const item = element("li", { class: "coprod-drawn-tree__branch" }, box);
    if (below.length) item.append(listOf(below));
    return item;
  });
  return element("ul", { class: "coprod-drawn-tree__branches" }, ...items);
}
