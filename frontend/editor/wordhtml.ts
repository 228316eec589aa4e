// What Word and Outlook put into HTML instead of HTML: lists as paragraphs, bullets as text, comments and hidden words.
import { type BlockKind, blockKind } from "./schema";

const COMMENT = 8;
const NOTHING_TO_READ = new Set(
  "button canvas del head iframe img input link math meta noscript object option script select style svg template textarea title video xml".split(
    " ",
  ),
);

const STYLE_SHEET = /<style\b[\s\S]*?<\/style\s*>/gi;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'"<>])*>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?/g;

/**
 * Styles and handlers as plain data: our content security policy allows none, and a browser would report each one
 * that it reads. Only names are changed: an address may well hold "on…=".
 */
export function inert(html: string): string {
  const renamed = (whole: string, name: string, value?: string) =>
    value && /^(style$|on)/i.test(name) ? `data-${name}${value}` : whole;
  return html.replace(STYLE_SHEET, "").replace(TAG, (tag) => tag.replace(ATTRIBUTE, renamed));
}

/** A style as it is written, since browsers drop the ones Word made up. */
export function styleOf(element: Element, name: string): string | null {
  const written = element.getAttribute("data-style") ?? element.getAttribute("style") ?? "";
  const found = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, "i").exec(written);
  return found?.[1]?.trim().toLowerCase() ?? null;
}

/** Things that are no words of the text: pictures, hidden parts, Word's comments, text that was struck out in review. */
export function isOutside(element: Element): boolean {
  const name = element.tagName.toLowerCase();
  if (NOTHING_TO_READ.has(name) || name === "o:p" || name.startsWith("v:")) return true;
  if (styleOf(element, "display") === "none" || styleOf(element, "mso-hide") === "all") return true;
  if (/comment/.test(styleOf(element, "mso-element") ?? "")) return true;
  return /\bMso(CommentReference|comanchor)\b/i.test(element.className);
}

/** The bullet or number that Word writes before the words of a list item. */
export function isListMark(element: Element): boolean {
  return styleOf(element, "mso-list") === "ignore";
}

/** Whether such a stretch starts (true) or ends (false) here, by the comments around it. */
export function listMark(node: globalThis.Node): boolean | null {
  if (node.nodeType !== COMMENT) return null;
  if (/^\[if !supportLists\]/i.test(node.nodeValue ?? "")) return true;
  return /^\[endif\]/i.test(node.nodeValue ?? "") ? false : null;
}

/** The kind of block a Word paragraph is by its style; nothing for a plain one. */
export function wordKind(element: Element): BlockKind | null {
  const list = /\blevel(\d)/.exec(styleOf(element, "mso-list") ?? "");
  if (list)
    return blockKind({ list: isNumbered(element) ? "number" : "bullet", indent: Number(list[1]) - 1 });
  const style = /\bMso(Title|Subtitle|Quote|IntenseQuote)\b/.exec(element.className)?.[1];
  if (style === undefined) return null;
  if (style.endsWith("Quote")) return blockKind({ quote: true });
  return blockKind({ h: style === "Title" ? 3 : 4 });
}

/** "1.", "a)" and "iv." number; "·", "o" and "§" do not. */
function isNumbered(element: Element): boolean {
  return /^\s*\(?[0-9a-z]{1,5}[.)]/i.test(markText(element));
}

function markText(element: Element): string {
  for (const inner of element.querySelectorAll("[data-style], [style]"))
    if (isListMark(inner)) return inner.textContent;
  let reading = false;
  for (const child of element.childNodes) {
    if (reading && child.nodeType !== COMMENT) return child.textContent ?? "";
    reading = listMark(child) ?? reading;
  }
  return "";
}
