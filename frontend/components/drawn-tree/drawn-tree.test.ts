// The tree that grows while people write.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";
import * as Y from "yjs";
import { element } from "../../editor/elements";
import { openPage, setUp, tearDown, until } from "../../editor/testing/page";
import { FakeServer } from "../../editor/testing/socket";
import { DrawnTree } from "./drawn-tree";

beforeEach(setUp);
afterEach(tearDown);

it("[FE98] holds every row as a nested list below the aim, as others write", async () => {
  const server = new FakeServer();
  server.doc.getArray("r:drivers").push([new Y.Map([["id", "a"], ["driver", "Flow"], ["idea", "Phone"]])]); // biome-ignore format: pairs
  const tree = element(
    "div",
    { "data-section": "drivers", hidden: "" },
    element("p", {}, element("span", { class: "coprod-drawn-tree__aim" })),
    element("ul", { class: "coprod-drawn-tree__branches" }),
  );
  const head = (key: string) => element("th", { "data-key": key, "data-kind": "text" }, key);
  const table = element("table", {}, element("thead", {}, element("tr", {}, head("driver"), head("idea"))));
  const page = openPage("amara", element("div", { class: "coprod-register" }, table, tree));
  new DrawnTree(tree);
  await until(() => tree.querySelectorAll("li").length === 2);
  expect(tree.hidden).toBe(false);
  expect(tree.querySelector("li > ul > li > p")?.textContent).toBe("idea: Phone");
  expect(tree.querySelector(".coprod-drawn-tree__aim")?.textContent).toBe("Not written yet");
  const { doc } = page.session;
  doc.getArray("r:drivers").push([new Y.Map([["id", "b"], ["driver", "flow"], ["idea", "Beds"]])]); // biome-ignore format: pairs
  doc.getMap("f:aim").set("measure", "Falls");
  await until(() => tree.querySelectorAll("li").length === 3);
  expect(tree.querySelector(".coprod-drawn-tree__aim")?.textContent).toContain("falls goes");
  doc.getArray("r:drivers").delete(0, 2);
  await until(() => tree.hidden === true);
});
