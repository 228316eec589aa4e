// Which threads the page shows: open ones, mine, those for me, those that lost their words, or all.
import { element } from "../../editor/elements";
import { ConfigurableComponent } from "../../lib/component";
import { FILTERS, type Filter } from "../thread-list/filters";
import { Margin } from "../thread-list/margin";

export class ThreadFilter extends ConfigurableComponent<Record<string, never>> {
  static override moduleName = "coprod-thread-filter";
  static defaults = {};
  static schema = { properties: {} };

  private readonly margin: Margin;
  private readonly options = new Map<Filter, HTMLOptionElement>();

  constructor($root: Element | null) {
    super($root);
    this.margin = Margin.of(this.$root);
    const id = "thread-filter";
    const label = element("label", { class: "nhsuk-u-visually-hidden", for: id }, "Which comments to show");
    const select = element("select", { id, class: "nhsuk-select coprod-thread-filter__choice" });
    for (const [filter, words] of Object.entries(FILTERS)) {
      const option = new Option(words, filter);
      this.options.set(filter as Filter, option);
      select.append(option);
    }
    select.addEventListener("change", () => this.margin.choose(select.value as Filter));
    this.margin.on("change", () => this.show());
    this.$root.append(label, select);
    this.show();
    this.$root.hidden = false;
  }

  private show(): void {
    for (const [filter, option] of this.options) {
      const words = `${FILTERS[filter]} (${this.margin.count(filter)})`;
      if (option.textContent !== words) option.textContent = words;
    }
  }
}
