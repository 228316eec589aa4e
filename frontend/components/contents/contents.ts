// The list of sections: marks the one being read, and folds itself away where the screen is narrow.
import { ConfigurableComponent } from "../../lib/component";

const NARROW = "(max-width: 40.0525em)";
const HERE = "coprod-contents__link--here";

export class Contents extends ConfigurableComponent<Record<string, never>> {
  static override moduleName = "coprod-contents";
  static defaults = {};
  static schema = { properties: {} };

  private readonly links = new Map<Element, HTMLAnchorElement>();
  private readonly inView = new Set<Element>();

  constructor($root: Element | null) {
    super($root);
    const details = this.$root.querySelector("details");
    if (details && matchMedia(NARROW).matches) details.open = false;
    for (const link of this.$root.querySelectorAll("a")) {
      const section = document.querySelector(link.hash);
      if (section) this.links.set(section, link);
    }
    // A section counts while it crosses the upper third of the window.
    const observer = new IntersectionObserver((entries) => this.see(entries), {
      rootMargin: "-10% 0px -66% 0px",
    });
    for (const section of this.links.keys()) observer.observe(section);
  }

  private see(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.inView.add(target);
      else this.inView.delete(target);
    }
    const [first] = [...this.links.keys()].filter((section) => this.inView.has(section));
    if (!first) return;
    for (const [section, link] of this.links) {
      link.classList.toggle(HERE, section === first);
      if (section === first) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }
}
