// Styles from elsewhere are read as data, never as styles.
import { expect, it } from "vitest";
import { inert, styleOf } from "./wordhtml";

it("[FE25] turns styles into data before the browser reads them", () => {
  const html = `<style>p { color: red }</style><p class="x" style="mso-list:l0 level2 lfo1">style = "kept"</p>`;
  expect(inert(html)).toBe(`<p class="x" data-style="mso-list:l0 level2 lfo1">style = "kept"</p>`);
});

it("reads a style from either place", () => {
  const element = document.createElement("p");
  element.dataset.style = "margin:0; Mso-List: Ignore";
  expect(styleOf(element, "mso-list")).toBe("ignore");
});

it("[FE25] turns handlers into data too, and changes no address, value or word", () => {
  const html = `<a href="https://x.nhs.uk/online=1" title='onset = late' onclick="go()">onclick="kept"</a>`;
  expect(inert(html)).toBe(
    `<a href="https://x.nhs.uk/online=1" title='onset = late' data-onclick="go()">onclick="kept"</a>`,
  );
  expect(inert("<img src=x onerror=alert(1)><p/ONLOAD=y>")).toBe(
    "<img src=x data-onerror=alert(1)><p/data-ONLOAD=y>",
  );
  expect(inert(`<p title="a"onfocus=x>`)).toBe(`<p title="a"data-onfocus=x>`);
});
