// Who is here: as a list in the rail, or as one line beside the section somebody is in.

import { element, sideBadge } from "../../editor/elements";
import { fullName, type Present, sideWord } from "../../editor/presence";
import { Session } from "../../editor/session";
import { ConfigurableComponent } from "../../lib/component";

interface Config {
  /** A section's key: only who is in it. Empty: everybody. */
  section: string;
  /** With a section: names only, for the list of sections. */
  brief: boolean;
}

export class PeopleHere extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-people-here";
  static defaults: Config = { section: "", brief: false };
  static schema = { properties: { section: { type: "string" }, brief: { type: "boolean" } } };

  private readonly session: Session;
  private shown = "";

  constructor($root: Element | null) {
    super($root);
    this.session = Session.of(this.$root);
    this.session.presence.on("change", () => this.show());
    const ask = this.$root.querySelector("button");
    ask?.addEventListener("click", () => this.session.announcer.answer(this.session.presence.sentence()));
    this.show();
  }

  private show(): void {
    const { section } = this.config;
    const { presence } = this.session;
    const people = section ? presence.othersIn(section) : presence.people;
    const key = JSON.stringify(people);
    if (key === this.shown) return;
    this.shown = key;
    if (section) this.showSection(people);
    else this.showEverybody(people);
  }

  private showSection(people: Present[]): void {
    const names = people.map((person) =>
      this.config.brief
        ? sideBadge(person.name, person.side, `(${sideWord(person.side)})`)
        : element(
            "span",
            { class: `coprod-people-here__line coprod-people-here__line--${person.side}` },
            lineOf(person),
          ),
    );
    this.$root.replaceChildren(...names);
    // The line beside a section keeps its place while nobody is there: the page must not jump.
    if (this.config.brief) this.$root.hidden = !people.length;
  }

  private showEverybody(people: Present[]): void {
    this.$root.hidden = false;
    const count = this.$root.querySelector(".coprod-people-here__count");
    if (count) count.textContent = `${people.length} here`;
    this.$root.querySelector("ul")?.replaceChildren(...people.map((person) => this.entry(person)));
  }

  private entry(person: Present): HTMLElement {
    const badge = sideBadge(
      person.isYou ? `${person.name} (you)` : person.name,
      person.side,
      sideWord(person.side),
    );
    const entry = element("li", { class: "coprod-people-here__person" }, badge);
    if (!person.isYou && person.section) {
      const place = `is editing ${this.session.titleOf(person.section)}`;
      entry.append(element("span", { class: "coprod-people-here__place" }, place));
    }
    return entry;
  }
}

function lineOf(person: Present): string {
  return `${fullName(person)} is editing here`;
}
