// Elements by hand: text always as text, so that no page needs to trust a string of HTML.

type Attributes = Record<string, string>;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A small drawing in the colour of the words around it. */
export function drawn(className: string, path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = {
    class: className,
    viewBox: "0 0 24 24",
    width: "20",
    height: "20",
    "aria-hidden": "true",
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  svg.setAttribute("focusable", "false");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** A person's name with the shape and the word of their side, as components/side-badge draws it. */
export function sideBadge(name: string, side: string, word: string): HTMLElement {
  return element(
    "span",
    { class: `coprod-side-badge coprod-side-badge--${side}` },
    element("span", { class: "coprod-side-badge__name" }, name),
    " ",
    element("span", { class: "coprod-side-badge__side" }, word),
  );
}
