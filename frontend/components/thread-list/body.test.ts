// What people wrote, as elements.
import { describe, expect, it } from "vitest";
import { element } from "../../editor/elements";
import { bodyOf } from "./body";

const html = (markdown: string): string => element("div", {}, ...bodyOf(markdown)).innerHTML;

describe("a body", () => {
  it("[FE71] has paragraphs, lines, lists, emphasis and links", () => {
    expect(html("One\ntwo\n\nThree")).toBe("<p>One<br>two</p><p>Three</p>");
    expect(html("- a\n- **b**")).toBe(
      '<ul class="nhsuk-list nhsuk-list--bullet"><li>a</li><li><strong>b</strong></li></ul>',
    );
    expect(html("1. a\n2. _b_")).toContain("<ol");
    expect(html("See https://www.nhs.uk/a_b_c, *now*.")).toBe(
      '<p>See <a href="https://www.nhs.uk/a_b_c" rel="noopener noreferrer nofollow">https://www.nhs.uk/a_b_c</a>, <em>now</em>.</p>',
    );
    expect(html("[here](mailto:a@nhs.uk)")).toContain('href="mailto:a@nhs.uk"');
  });

  it.each([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,hi)",
    'https://x.example/"onmouseover="alert(1)',
    "2 * 3 * 4 and snake_case_name",
  ])("[FE71] shows %s as it was written", (markdown) => {
    const box = element("div", {}, ...bodyOf(markdown));
    expect(box.textContent).toBe(markdown);
    expect(box.querySelector("img, script, em, [onmouseover], [onerror]")).toBe(null);
    for (const link of box.querySelectorAll("a")) expect(link.href).toMatch(/^https:/);
  });
});
