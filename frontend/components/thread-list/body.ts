// What somebody wrote in the margin, as elements: paragraphs, lists, links and emphasis; everything else as it stands.
import { element } from "../../editor/elements";
import { safeAddress } from "../../editor/schema";

const INLINE =
  /\*\*(?<strong>[^*\n]+)\*\*|(?<![\w*])[*_](?<em>[^\s*_](?:[^*_\n]*[^\s*_])?)[*_](?![\w*])|\[(?<words>[^\]\n]+)\]\((?<to>[^)\s]+)\)|(?<bare>https?:\/\/[^\s<>"]*[^\s<>".,;:!?)'])/g;
const ITEM: Record<"ul" | "ol", RegExp> = { ul: /^\s*[-*]\s+/, ol: /^\s*\d+[.)]\s+/ };

/** No string is ever read as HTML here: the page's policy would not let it be. */
export function bodyOf(markdown: string): HTMLElement[] {
  return markdown
    .split(/\n\s*\n/)
    .map((part) => part.split("\n").filter((line) => line.trim()))
    .filter((lines) => lines.length > 0)
    .map((lines) => listOf("ul", lines) ?? listOf("ol", lines) ?? paragraphOf(lines));
}

function listOf(tag: "ul" | "ol", lines: string[]): HTMLElement | null {
  if (!lines.every((line) => ITEM[tag].test(line))) return null;
  const items = lines.map((line) => element("li", {}, ...wordsOf(line.replace(ITEM[tag], ""))));
  return element(tag, { class: `nhsuk-list nhsuk-list--${tag === "ul" ? "bullet" : "number"}` }, ...items);
}

function paragraphOf(lines: string[]): HTMLElement {
  const paragraph = element("p", {});
  lines.forEach((line, nth) => {
    if (nth > 0) paragraph.append(element("br"));
    paragraph.append(...wordsOf(line));
  });
  return paragraph;
}

function wordsOf(line: string): (Node | string)[] {
  const found: (Node | string)[] = [];
  let done = 0;
  for (const match of line.matchAll(INLINE)) {
    found.push(line.slice(done, match.index), drawn(match[0], match.groups ?? {}));
    done = match.index + match[0].length;
  }
  return [...found, line.slice(done)].filter((part) => part !== "");
}

function drawn(whole: string, parts: Record<string, string | undefined>): Node | string {
  if (parts.strong) return element("strong", {}, parts.strong);
  if (parts.em) return element("em", {}, parts.em);
  const href = safeAddress(parts.to ?? parts.bare);
  if (href === null) return whole;
  return element("a", { href, rel: "noopener noreferrer nofollow" }, parts.words ?? href);
}
