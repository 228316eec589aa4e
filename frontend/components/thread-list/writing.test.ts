// Writing, answering and being refused in the list of one section's threads.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Drafts, forgetDrafts } from "../../editor/drafts";
import { tearDown, until } from "../../editor/testing/page";
import { comment, thread } from "../../editor/testing/threads";
import { area, arrive, button, cards, open, prepare, send, server, type } from "./testing/list";

beforeEach(prepare);
afterEach(tearDown);

describe("writing", () => {
  it("[FE70] about the whole section, with nothing selected; who was not told is said", async () => {
    const { root, page } = open();
    button(root, "Add a comment").click();
    const box = area(root, "compose-aim");
    expect(document.activeElement).toBe(box);
    expect(root.querySelector(".coprod-compose__about")?.textContent).toBe("About the whole section");
    send(box);
    expect(root.querySelector("[role=alert]")?.textContent).toBe("Write something first.");
    type(box, " New ");
    send(box);
    await until(() => cards(root).length === 1);
    expect(server.sent[0]?.body).toMatchObject({
      section: "aim",
      body: "New",
      kind: "comment",
      anchor: null,
    });
    expect(root.querySelector(".coprod-compose")).toBe(null);
    expect(page.querySelector("[data-announcer]")?.textContent).toContain("Dele Ogun cannot see this text");
  });

  it("[FE72] [FE75] a server.refusal is said in words, and what was written stays", async () => {
    server.refusal = { status: 422, detail: "This text could not be read just now." };
    const { root } = open();
    button(root, "Add a comment").click();
    type(area(root, "compose-aim"), "Half");
    send(area(root, "compose-aim"));
    await until(
      () => root.querySelector("[role=alert]")?.textContent === "This text could not be read just now.",
    );
    expect(area(root, "compose-aim").value).toBe("Half");
  });

  it("[FE75] survives news and a reload, and goes when it is discarded or its writer signs out", async () => {
    const first = open(thread(1));
    await until(() => cards(first.root).length === 1);
    button(first.root, "Add a comment").click();
    const box = area(first.root, "compose-aim");
    type(box, "Half");
    first.margin.activate(1);
    type(area(first.root, "reply-1"), "A reply");
    first.margin.store.take(
      thread(1, { changed_at: "2026-12-01", comments: [comment(1, "x"), comment(2, "y")] }),
    );
    first.margin.store.take(thread(2));
    await until(() => cards(first.root).length === 2);
    expect(document.activeElement).toBe(area(first.root, "reply-1"));
    expect([area(first.root, "compose-aim"), box.value]).toEqual([box, "Half"]);
    tearDown();
    arrive();
    const { root } = open(thread(1));
    await until(() => cards(root).length === 1);
    expect([area(root, "compose-aim").value, area(root, "reply-1").value]).toEqual(["Half", "A reply"]);
    button(root, "Discard").click();
    expect(root.querySelector(".coprod-compose")).toBe(null);
    forgetDrafts();
    expect(sessionStorage.length).toBe(0);
  });

  it("[FE75] somebody else at this computer finds nothing of it", () => {
    new Drafts(1, 3).keep("new:aim", "Half");
    expect(new Drafts(2, 3).get("new:aim")).toBe(null);
    expect(new Drafts(1, 3).get("new:aim")).toBe("Half");
  });

  it("[FE71] one's own comment is changed and deleted where it stands", async () => {
    const mine = [
      comment(1, "Old", { is_mine: true, by: { id: 1, name: "Amara Okafor", side: "clinician" } }),
    ];
    const { root, margin } = open(thread(1, { comments: mine }));
    await until(() => cards(root).length === 1);
    margin.activate(1);
    button(root, "Edit").click();
    expect(area(root, "edit-1-1").value).toBe("Old");
    type(area(root, "edit-1-1"), "Better");
    send(area(root, "edit-1-1"));
    await until(() => server.sent.some(({ method }) => method === "PATCH"));
    await until(() => root.querySelector("#edit-1-1") === null);
    button(root, "Delete").click();
    expect(server.sent.some(({ method }) => method === "DELETE")).toBe(false);
    button(root, "Yes, delete it").click();
    await until(() => server.sent.some(({ method }) => method === "DELETE"));
    margin.store.take(thread(1, { comments: [comment(1, "", { deleted_at: "2026-11-25T11:00:00Z" })] }));
    expect(cards(root)[0]?.textContent).toContain("Ben Adeyemi deleted this comment.");
  });
});
