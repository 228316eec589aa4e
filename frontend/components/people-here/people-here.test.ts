// Who is here, as the page shows it.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { element } from "../../editor/elements";
import { openPage, setUp, tearDown, until } from "../../editor/testing/page";
import { FakeServer } from "../../editor/testing/socket";
import { PeopleHere } from "./people-here";

const rail = () =>
  element(
    "section",
    { "data-module": "coprod-people-here", hidden: "" },
    element("span", { class: "coprod-people-here__count" }),
    element("ul"),
    element("button", {}, "Who is here?"),
  );
const beside = (brief: boolean) =>
  element("p", { "data-module": "coprod-people-here", "data-section": "aim", "data-brief": String(brief) });

beforeEach(setUp);
afterEach(tearDown);

describe("people here", () => {
  it("[FE44] by name, side in shape and word, and section; read out for whoever asks", async () => {
    new FakeServer();
    const parts = [rail(), beside(true), beside(false)] as const;
    const amara = openPage("amara", ...parts);
    for (const part of parts) new PeopleHere(part);
    const [list, brief, line] = parts;
    expect(list.hidden).toBe(false);
    expect(list.querySelector("li")?.textContent).toBe("Amara Okafor (you) clinician");
    expect([brief.hidden, line.hidden, line.textContent]).toEqual([true, false, ""]);

    const ben = openPage("ben");
    await until(() => list.querySelectorAll("li").length === 2);
    ben.session.presence.enter("aim");
    await until(() => line.textContent === "Ben Adeyemi (manager) is editing here");
    expect(list.querySelector(".coprod-people-here__count")?.textContent).toBe("2 here");
    expect(list.querySelectorAll("li")[1]?.textContent).toBe("Ben Adeyemi manageris editing The aim");
    expect(list.querySelector(".coprod-side-badge--manager")).not.toBe(null);
    expect(brief.textContent).toBe("Ben Adeyemi (manager)");
    expect(brief.hidden).toBe(false);

    list.querySelector("button")?.click();
    expect(amara.root.querySelector("[data-announcer]")?.textContent?.trim()).toBe(
      "Ben Adeyemi (manager) is editing The aim.",
    );
  });
});
