// Where threads stand under the text, a long list shows its first ones, and the rest when it is asked for.
import { element } from "../../editor/elements";

/** fold.scss hides those behind them. */
const FIRST = 5;

export class Fold {
  readonly button = element("button", {
    type: "button",
    class: "coprod-thread__action coprod-threads__more",
  });
  private unfolded = false;
  private many = 0;

  /** `title`: of the section, for whoever does not see where the button stands. */
  constructor(
    private readonly list: HTMLElement,
    private readonly title: string,
  ) {
    this.button.addEventListener("click", () => {
      this.unfolded = !this.unfolded;
      this.show(this.many);
    });
  }

  /** Two more than the first are not worth a button. */
  show(many: number): void {
    this.many = many;
    const long = many > FIRST + 2;
    this.button.hidden = !long;
    this.button.setAttribute("aria-expanded", String(this.unfolded));
    this.list.classList.toggle("coprod-threads__list--folded", long && !this.unfolded);
    const words = this.unfolded ? `Show only the first ${FIRST}` : `Show all ${many} comments`;
    if (this.button.firstChild?.textContent === words) return;
    const on = element("span", { class: "nhsuk-u-visually-hidden" }, ` on ${this.title}`);
    this.button.replaceChildren(words, on);
  }
}
