// Styles from elsewhere are read as data, never as styles.
import { expect, it } from "vitest";
import { styleOf, withoutStyles } from "./wordhtml";

it("[FE25] turns styles into data before the browser reads them", () => {
  const html = `<style>p { color: red }</style><p class="x" style="mso-list:l0 level2 lfo1">style = "kept"</p>`;
  expect(withoutStyles(html)).toBe(`<p class="x" data-style="mso-list:l0 level2 lfo1">style = "kept"</p>`);
});

it("reads a style from either place", () => {
  const element = document.createElement("p");
  element.dataset.style = "margin:0; Mso-List: Ignore";
  expect(styleOf(element, "mso-list")).toBe("ignore");
});
