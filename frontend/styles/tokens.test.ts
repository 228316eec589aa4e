// The colours of the sides, measured against what they stand on.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const source = readFileSync("styles/_tokens.scss", "utf8");
const sides = [...source.matchAll(/(\w+): \(strong: (#\w{6}), tint: (#\w{6})\)/g)].map(
  ([, name = "", strong = "", tint = ""]) => ({ name, strong, tint }),
);
const states = [...source.matchAll(/^\$(saved|waiting|trouble): (#\w{6});/gm)].map(
  ([, name = "", strong = ""]) => ({ name, strong }),
);
const WHITE = "#ffffff";
const PAGE = "#f0f4f5";
const INK = "#212b32";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe("colours", () => {
  it("knows the four sides", () => {
    expect(sides.map((side) => side.name)).toEqual(["clinician", "manager", "patient_partner", "other"]);
    expect(states).toHaveLength(3);
    expect(contrast("#000000", WHITE)).toBeCloseTo(21);
  });

  it.each(sides)(
    "[FE60] $name can be read as text on white, on the page and on its tint",
    ({ strong, tint }) => {
      for (const ground of [WHITE, PAGE, tint]) expect(contrast(strong, ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(sides)("[FE60] $name's tint leaves text upon it at 7 to 1", ({ tint }) => {
    expect(contrast(INK, tint)).toBeGreaterThanOrEqual(7);
  });

  it.each(states)("[FE60] $name can be read on white and on the page", ({ strong }) => {
    for (const ground of [WHITE, PAGE]) expect(contrast(strong, ground)).toBeGreaterThanOrEqual(4.5);
  });
});

describe("shapes", () => {
  const badge = readFileSync("components/side-badge/side-badge.scss", "utf8");
  const word = readFileSync("components/side-badge/side-badge.html", "utf8");

  it("[FE61] each side but the manager's square changes the square in its own way", () => {
    for (const { name } of sides) if (name !== "manager") expect(badge).toContain(`$side == ${name}`);
  });

  it("[FE61] shapes are borders, which forced colours and paper keep", () => {
    expect(badge).not.toMatch(/background/);
  });

  it("[FE61] the badge always has the side's word", () => {
    expect(word).toContain("{{ side|side_label }}");
  });
});
