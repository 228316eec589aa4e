// Keeps the cards of all sections level with their words where the page has a margin; elsewhere they stand in a row.

import { Lull } from "../../lib/lull";
import { arrange, type Card, type Fixed, GAP } from "./arrange";
import type { Margin } from "./margin";

/** As wide as thread-list.scss needs to draw a margin. */
const WIDE = "(min-width: 80em)";
/** While somebody types within their lines, cards wait for a pause, but not for long. A new line moves them at once. */
const PAUSE = 250;
const LONGEST = 1_000;

/** What a list tells of one card. */
export interface Placed {
  root: HTMLElement;
  /** The position of its words in its section's editor. */
  position: number | null;
  isActive: boolean;
}

export interface Column {
  section: HTMLElement;
  key: string;
  placed(): Placed[];
}

interface Measured extends Card {
  placed: Placed;
  /** Where its section begins on the page. */
  origin: number;
}

const alignments = new WeakMap<Margin, Alignment>();

export class Alignment {
  private readonly columns: Column[] = [];
  private readonly wide = matchMedia(WIDE);
  private readonly sizes = new ResizeObserver(() => this.soon());
  private readonly moving = new Lull(() => this.soon(), PAUSE, LONGEST);
  private frame = 0;
  private afterwards: HTMLElement | null = null;

  static of(margin: Margin): Alignment {
    const alignment = alignments.get(margin) ?? new Alignment(margin);
    alignments.set(margin, alignment);
    return alignment;
  }

  private constructor(private readonly margin: Margin) {
    this.wide.addEventListener("change", () => this.soon());
    margin.on("moved", () => this.moving.stir());
  }

  add(column: Column): void {
    this.columns.push(column);
    this.sizes.observe(column.section);
    // How high a card is shows only once it comes into view.
    column.section.addEventListener("contentvisibilityautostatechange", () => this.soon());
  }

  /** Once all stand where they belong. */
  bring(card: HTMLElement): void {
    this.afterwards = card;
    this.soon();
  }

  /** With the next drawing of the page. */
  soon(): void {
    this.moving.settle();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.align();
      this.afterwards?.scrollIntoView({ block: "nearest" });
      this.afterwards = null;
    });
  }

  private align(): void {
    const page = this.margin.session.root;
    if (!this.wide.matches) {
      for (const column of this.columns)
        for (const { root } of column.placed()) root.style.removeProperty("top");
      page.style.removeProperty("min-height");
      return;
    }
    // First everything is measured, then everything is moved: the browser draws once.
    const base = page.getBoundingClientRect().top;
    const cards = this.columns.flatMap((column) => this.measure(column, base));
    const fixed = this.columns.flatMap(({ section }) => helpOf(section, base));
    const tops = arrange(
      cards,
      fixed,
      cards.findIndex(({ placed }) => placed.isActive),
    );
    let bottom = 0;
    cards.forEach(({ placed, origin, height }, nth) => {
      const top = tops[nth] ?? 0;
      put(placed.root, "top", top - origin);
      bottom = top + height + GAP;
    });
    put(page, "min-height", bottom);
  }

  private measure(column: Column, base: number): Measured[] {
    const origin = column.section.getBoundingClientRect().top - base;
    const floor = helpOf(column.section, base)[0]?.bottom ?? origin - GAP;
    const view = this.margin.session.sections.get(column.key)?.view;
    return column.placed().map((placed) => {
      const level = view && placed.position !== null ? view.coordsAtPos(placed.position).top - base : origin;
      return { placed, origin, floor: floor + GAP, wish: level - GAP, height: placed.root.offsetHeight };
    });
  }
}

/** Only what has changed: a browser looks at every card anew whose style is written, and there can be hundreds. */
function put(element: HTMLElement, property: "top" | "min-height", pixels: number): void {
  const value = `${Math.round(pixels)}px`;
  if (element.style.getPropertyValue(property) !== value) element.style.setProperty(property, value);
}

/** The help of a section stands in the margin too. */
function helpOf(section: HTMLElement, base: number): Fixed[] {
  const help = section.querySelector(".coprod-section__help")?.getBoundingClientRect();
  return help ? [{ top: help.top - base, bottom: help.bottom - base }] : [];
}
