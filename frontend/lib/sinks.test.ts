// Trusted Types forbid turning text into HTML or code; this finds such places before a browser does.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SINKS =
  /\.(innerHTML|outerHTML|srcdoc)\s*=|insertAdjacentHTML|document\.write|parseFromString|createContextualFragment|\beval\(|new Function\(/;

function files(folder: string, ends: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ends.test(name))
    .map((name) => join(folder, name));
}

const withSinks = (paths: string[]) => paths.filter((path) => SINKS.test(readFileSync(path, "utf8")));

describe("sinks", () => {
  it("[FE66] none in our own scripts", () => {
    const ours = ["lib", "components", "editor"].flatMap((folder) => files(folder, /(?<!\.test)\.ts$/));
    expect(withSinks([...ours, "main.ts", "boot.ts"])).toEqual([]);
  });

  it("[FE66] of the NHS components only the sortable table", () => {
    const nhs = files(
      "node_modules/nhsuk-frontend/dist/nhsuk/components",
      /(?<!fixtures|macro-options)\.mjs$/,
    );
    expect(withSinks(nhs).map((path) => path.split("/").at(-1))).toEqual(["table.mjs"]);
  });

  it("[FE66] no page asks for a sortable table", () => {
    const pages = ["pages", "components"].flatMap((folder) => files(folder, /\.html$/));
    expect(pages.filter((path) => /sortable|nhsuk-table--sort/.test(readFileSync(path, "utf8")))).toEqual([]);
  });
});
