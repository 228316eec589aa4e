// Second thoughts: hiding a comment, and saying anew what a thread is.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tearDown, until } from "../../editor/testing/page";
import { comment, thread } from "../../editor/testing/threads";
import { area, button, cards, no, open, prepare, send, server, type } from "./testing/list";

beforeEach(prepare);
afterEach(tearDown);

describe("second thoughts", () => {
  it("[FE87] a moderator hides a comment with a reason, and shows it again; others are offered nothing", async () => {
    const theirs = comment(1, "Words that hurt", { can_moderate: true });
    const { root, margin, page } = open(thread(1, { comments: [theirs] }), thread(2));
    await until(() => cards(root).length === 2);
    margin.activate(1);
    expect(button(cards(root)[1] as HTMLElement, "Hide")).toBe(undefined);
    button(root, "Hide").click();
    const box = area(root, "hide-1-1");
    expect(document.activeElement).toBe(box);
    send(box);
    expect(root.querySelector(".coprod-comment [role=alert]")?.textContent).toContain(
      "Say why this is hidden",
    );
    expect(server.sent.some(({ url }) => url.endsWith("/hiding/"))).toBe(false);
    type(box, "It names @Ben, a patient");
    expect(root.querySelector(".coprod-comment [role=listbox]")).toBe(null);
    margin.store.take(thread(1, { changed_at: "2026-11-26", comments: [theirs, comment(2, "And?")] }));
    expect([area(root, "hide-1-1"), document.activeElement]).toEqual([box, box]);
    send(box);
    await until(() => server.sent.some(({ url }) => url === "/api/threads/1/comments/1/hiding/"));
    expect(server.sent.at(-1)).toMatchObject({ method: "POST", body: { why: "It names @Ben, a patient" } });
    await until(() => area(root, "hide-1-1") === null);
    expect(page.querySelector("[data-announcer]")?.textContent).toContain("Ben Adeyemi is told");
    const gone = { ...theirs, body: "", hidden_at: "2026-11-25T11:00:00Z", hidden_why: "It names a patient" };
    margin.store.take(thread(1, { changed_at: "2026-11-27", comments: [gone] }));
    expect(cards(root)[0]?.textContent).toContain("Hidden by the moderator: It names a patient");
    expect(button(root, "Hide")).toBe(undefined);
    button(root, "Show again").click();
    await until(() => server.sent.at(-1)?.method === "DELETE");
  });

  it("[FE87] a server.refusal is said there, and the reason stays to be server.sent again or dropped", async () => {
    server.refusal = { status: 422, detail: "This comment has been deleted." };
    const { root, margin } = open(thread(1, { comments: [comment(1, "x", { can_moderate: true })] }));
    await until(() => cards(root).length === 1);
    margin.activate(1);
    button(root, "Hide").click();
    type(area(root, "hide-1-1"), "It names a patient");
    send(area(root, "hide-1-1"));
    await until(() => root.textContent?.includes("This comment has been deleted.") === true);
    expect(area(root, "hide-1-1").value).toBe("It names a patient");
    button(root, "Keep it").click();
    expect(document.activeElement?.textContent).toContain("Hide this comment of Ben Adeyemi");
    expect(sessionStorage.length).toBe(0);
  });

  it("[FE87] what is hidden its author reads and deletes, and does not change", async () => {
    const facts = { is_mine: true, hidden_at: "2026-11-25T11:00:00Z", hidden_why: "It names a patient" };
    const { root, margin } = open(thread(1, { comments: [comment(1, "Mine", facts)] }));
    await until(() => cards(root).length === 1);
    margin.activate(1);
    expect(root.textContent).toContain("Only you see this. Hidden by the moderator: It names a patient");
    expect([button(root, "Edit"), button(root, "Delete").hidden]).toEqual([undefined, false]);
  });

  it("[FE88] whoever opened it says anew what it is; others are not offered it", async () => {
    const theirs = { ...thread(2).abilities, change: no("Only Ben Adeyemi, who wrote this, can.") };
    const { root, margin } = open(thread(1), thread(2, { abilities: theirs }));
    await until(() => cards(root).length === 2);
    margin.activate(2);
    expect(button(cards(root)[1] as HTMLElement, "Change what this is").hidden).toBe(true);
    margin.activate(1);
    button(root, "Change what this is").click();
    const kind = root.querySelector("#kind-thread-1") as HTMLSelectElement;
    expect(document.activeElement).toBe(kind);
    kind.value = "question";
    (root.querySelector("#blocking-thread-1") as HTMLInputElement).checked = true;
    server.refusal = { status: 403, detail: "Only Ben can change what it is." };
    send(kind);
    await until(() => root.querySelector(".coprod-thread__nature [role=alert]:not([hidden])") !== null);
    expect(kind.value).toBe("question");
    server.refusal = null;
    send(kind);
    await until(() => root.querySelector("#kind-thread-1") === null);
    expect(server.sent.at(-1)).toMatchObject({
      method: "PATCH",
      url: "/api/threads/1/",
      body: { kind: "question", addressed: "", blocking: true },
    });
    expect(document.activeElement).toBe(button(root, "Change what this is"));
    margin.store.take(
      thread(1, { changed_at: "2026-11-26", kind: "question", blocking: true, committee_reads: true }),
    );
    const tags = [...(cards(root)[0] as HTMLElement).querySelectorAll(".coprod-thread__tag")];
    expect(tags.map((tag) => tag.textContent)).toEqual([
      "Question",
      "Before handing in",
      "The committee reads it too",
    ]);
  });
});
