// Words on a page: from a selection to what it says and what stands beside it, and from words to where they are.

export interface Found {
  /** The key of the section they stand in. */
  part: string;
  exact: string;
  prefix: string;
  suffix: string;
}
interface Beside {
  prefix?: string | undefined;
  suffix?: string | undefined;
}

const CONTEXT = 100;
const line = (words: string): string => words.replace(/\s+/g, " ");

/** What is selected in one section; nothing if nothing is, or if it reaches into another section. */
export function near(root: Element, selection: Selection | null): Found | null {
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const { commonAncestorContainer: within } = range;
  const part = (within instanceof Element ? within : within.parentElement)?.closest<HTMLElement>(
    "[data-part]",
  );
  if (!part || !root.contains(part) || !selection.toString().trim()) return null;
  const before = document.createRange();
  before.setStart(part, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const behind = document.createRange();
  behind.setStart(range.endContainer, range.endOffset);
  behind.setEnd(part, part.childNodes.length);
  return {
    part: part.dataset.part ?? "",
    exact: line(selection.toString()).trim(),
    prefix: line(before.toString()).slice(-CONTEXT),
    suffix: line(behind.toString()).slice(0, CONTEXT),
  };
}

/** The one place where these words stand, or of several the one that fits best beside; nothing in doubt. */
export function find(part: Element, words: string, { prefix = "", suffix = "" }: Beside): Range | null {
  const { text, places } = inOneLine(part);
  const exact = line(words).trim();
  const scored: [number, number][] = [];
  for (let at = text.indexOf(exact); exact && at >= 0; at = text.indexOf(exact, at + 1)) {
    const before = alike(backwards(text.slice(0, at).trimEnd()), backwards(line(prefix).trim()));
    scored.push([before + alike(text.slice(at + exact.length).trimStart(), line(suffix).trim()), at]);
  }
  scored.sort(([one], [other]) => other - one);
  const [best, next] = scored;
  if (!best || best[0] === next?.[0]) return null;
  const [start, end] = [places[best[1]], places[best[1] + exact.length - 1]];
  if (!start || !end) return null;
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(end[0], end[1] + 1);
  return range;
}

function inOneLine(part: Element): { text: string; places: [Text, number][] } {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const places: [Text, number][] = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const spaced = (node as Text).data.replace(/\s/g, " ");
    for (let at = 0; at < spaced.length; at++) {
      const again = spaced[at] === " " && (text === "" || text.endsWith(" "));
      if (again) continue;
      text += spaced[at];
      places.push([node as Text, at]);
    }
  }
  return { text, places };
}

const backwards = (words: string): string => [...words].reverse().join("");

function alike(one: string, other: string): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  return at;
}
