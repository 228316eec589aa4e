// What a section still needs, asked of the server whenever something has been saved. It never stops anybody.
import { element } from "../../editor/elements";
import { Session } from "../../editor/session";
import { ConfigurableComponent } from "../../lib/component";
import { request } from "../../lib/http";

interface Config {
  section: string;
  url: string;
}

interface Answer {
  sections: { key: string; gaps: string[] }[];
}
type Call = (answer: Answer) => void;

/** After the last of a run of edits, and at most this often: the server reads the whole text for it. */
const CALM = 2_000;

/** One question for all sections of a page. */
class Asker {
  static readonly all = new WeakMap<Session, Asker>();
  readonly calls = new Set<Call>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stale = false;

  static of(session: Session, url: string): Asker {
    const found = Asker.all.get(session) ?? new Asker(session, url);
    Asker.all.set(session, found);
    return found;
  }

  private constructor(
    private readonly session: Session,
    private readonly url: string,
  ) {
    // Also what others write: their saved words reach this page as an update.
    session.whenSynced(() => session.doc.on("update", () => this.changed()));
    session.provider.on("saved", () => this.look());
    session.provider.gone.signal.addEventListener("abort", () => clearTimeout(this.timer));
  }

  private changed(): void {
    this.stale = true;
    this.look();
  }

  private look(): void {
    if (!this.stale || this.session.provider.saved.kind !== "saved") return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), CALM);
  }

  private async ask(): Promise<void> {
    this.stale = false;
    try {
      const answer = await request<Answer>("GET", this.url);
      for (const call of this.calls) call(answer);
    } catch {
      // What stood there stays; the next save asks again.
      this.stale = true;
    }
  }
}

export class SectionGaps extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-section-gaps";
  static defaults: Config = { section: "", url: "" };
  static schema = { properties: { section: { type: "string" }, url: { type: "string" } } };

  private readonly session: Session;

  constructor($root: Element | null) {
    super($root);
    this.session = Session.of(this.$root);
    Asker.of(this.session, this.config.url).calls.add((answer) => {
      const said = answer.sections.find(({ key }) => key === this.config.section);
      if (said) this.show(said.gaps);
    });
  }

  private show(gaps: string[]): void {
    const words = `${gaps.length} thing${gaps.length === 1 ? "" : "s"} missing`;
    const rail = this.session.root.querySelector<HTMLElement>(`[data-gaps="${this.config.section}"]`);
    for (const place of [this.$root.querySelector(".coprod-section-gaps__count"), rail])
      if (place && place.textContent !== words) place.textContent = words;
    for (const place of [this.$root, rail]) if (place) place.hidden = !gaps.length;
    const list = this.$root.querySelector(".coprod-section-gaps__list");
    list?.replaceChildren(...gaps.map((sentence) => element("li", {}, sentence)));
  }
}
