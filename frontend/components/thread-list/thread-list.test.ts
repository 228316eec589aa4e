// The list of one section's threads on a page: writing, answering, refusing, choosing; with a server of a few lines.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Drafts, forgetDrafts } from "../../editor/drafts";
import { element } from "../../editor/elements";
import { openPage, setUp, stubLayout, tearDown, until } from "../../editor/testing/page";
import { FakeServer } from "../../editor/testing/socket";
import { comment, thread } from "../../editor/testing/threads";
import type { Thread } from "../../editor/threads";
import { ThreadFilter } from "../thread-filter/thread-filter";
import { Margin } from "./margin";
import { ThreadList } from "./thread-list";

let kept: Thread[];
let refusal: { status: number; detail: string } | null;
let sent: { method: string; url: string; body: unknown }[];

function json(body: unknown, status = 200): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), { status });
}

async function serve(url: string, { method = "GET", body }: RequestInit): Promise<Response> {
  if (method === "GET" && url.startsWith("/api/documents/")) return json({ next: null, results: kept });
  if (method === "GET") return json(kept.find((each) => each.url === url) ?? {}, 200);
  sent.push({ method, url, body: body ? JSON.parse(String(body)) : null });
  if (url.endsWith("/reading/")) return json(null, 204);
  if (refusal) return json({ detail: refusal.detail }, refusal.status);
  return json(
    thread(9, { comments: [comment(1, "New", { is_mine: true })], not_mentioned: ["Dele Ogun"] }),
    201,
  );
}

function open(...threads: Thread[]) {
  kept = threads;
  const root = element("div", {
    "data-module": "coprod-thread-list",
    "data-section": "aim",
    "data-can-comment": "true",
  });
  const filter = element("section", { "data-module": "coprod-thread-filter", hidden: "" });
  const section = element("section", { class: "coprod-section" }, root);
  const { root: page, session } = openPage("amara", filter, section);
  new ThreadFilter(filter);
  new ThreadList(root);
  return {
    root,
    page,
    session,
    margin: Margin.of(root),
    select: filter.querySelector("select") as HTMLSelectElement,
  };
}

const button = (root: HTMLElement, words: string): HTMLButtonElement =>
  [...root.querySelectorAll("button")].find((each) =>
    each.textContent?.startsWith(words),
  ) as HTMLButtonElement;
const area = (root: HTMLElement, id: string) => root.querySelector(`#${id}`) as HTMLTextAreaElement;
const cards = (root: HTMLElement) => [
  ...root.querySelectorAll<HTMLElement>(".coprod-thread:not(.coprod-compose)"),
];
function type(box: HTMLTextAreaElement, words: string): void {
  box.focus();
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
function send(box: HTMLElement): void {
  box.closest("form")?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
}

beforeEach(() => {
  setUp();
  stubLayout();
  sent = [];
  refusal = null;
  sessionStorage.clear();
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal("fetch", serve);
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe(): void {}
    },
  );
  new FakeServer();
});
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
    expect(sent[0]?.body).toMatchObject({ section: "aim", body: "New", kind: "comment", anchor: null });
    expect(root.querySelector(".coprod-compose")).toBe(null);
    expect(page.querySelector("[data-announcer]")?.textContent).toContain("Dele Ogun cannot see this text");
  });

  it("[FE72] [FE75] a refusal is said in words, and what was written stays", async () => {
    refusal = { status: 422, detail: "This text could not be read just now." };
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
    setUp();
    vi.stubGlobal("fetch", serve);
    vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe(): void {}
      },
    );
    new FakeServer();
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
    await until(() => sent.some(({ method }) => method === "PATCH"));
    await until(() => root.querySelector("#edit-1-1") === null);
    button(root, "Delete").click();
    expect(sent.some(({ method }) => method === "DELETE")).toBe(false);
    button(root, "Yes, delete it").click();
    await until(() => sent.some(({ method }) => method === "DELETE"));
    margin.store.take(thread(1, { comments: [comment(1, "", { deleted_at: "2026-11-25T11:00:00Z" })] }));
    expect(cards(root)[0]?.textContent).toContain("Ben Adeyemi deleted this comment.");
  });
});

const no = (reason: string) => ({ allowed: false, reason });

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
    expect(sent.some(({ url }) => url.endsWith("/hiding/"))).toBe(false);
    type(box, "It names @Ben, a patient");
    expect(root.querySelector(".coprod-comment [role=listbox]")).toBe(null);
    margin.store.take(thread(1, { changed_at: "2026-11-26", comments: [theirs, comment(2, "And?")] }));
    expect([area(root, "hide-1-1"), document.activeElement]).toEqual([box, box]);
    send(box);
    await until(() => sent.some(({ url }) => url === "/api/threads/1/comments/1/hiding/"));
    expect(sent.at(-1)).toMatchObject({ method: "POST", body: { why: "It names @Ben, a patient" } });
    await until(() => area(root, "hide-1-1") === null);
    expect(page.querySelector("[data-announcer]")?.textContent).toContain("Ben Adeyemi is told");
    const gone = { ...theirs, body: "", hidden_at: "2026-11-25T11:00:00Z", hidden_why: "It names a patient" };
    margin.store.take(thread(1, { changed_at: "2026-11-27", comments: [gone] }));
    expect(cards(root)[0]?.textContent).toContain("Hidden by the moderator: It names a patient");
    expect(button(root, "Hide")).toBe(undefined);
    button(root, "Show again").click();
    await until(() => sent.at(-1)?.method === "DELETE");
  });

  it("[FE87] a refusal is said there, and the reason stays to be sent again or dropped", async () => {
    refusal = { status: 422, detail: "This comment has been deleted." };
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
    refusal = { status: 403, detail: "Only Ben can change what it is." };
    send(kind);
    await until(() => root.querySelector(".coprod-thread__nature [role=alert]:not([hidden])") !== null);
    expect(kind.value).toBe("question");
    refusal = null;
    send(kind);
    await until(() => root.querySelector("#kind-thread-1") === null);
    expect(sent.at(-1)).toMatchObject({
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

describe("reading", () => {
  it("[FE71] [FE76] shows what it is and for whom, what may be done, and why not", async () => {
    const asked = thread(1, {
      kind: "question",
      state: "answered",
      addressed: "clinician",
      unread: 1,
      abilities: { ...thread(1).abilities, resolve: no("Only Ben Adeyemi, who asked, can resolve this.") },
    });
    const { root } = open(asked);
    await until(() => cards(root).length === 1);
    const card = cards(root)[0] as HTMLElement;
    const tags = [...card.querySelectorAll(".coprod-thread__tag")].map((tag) => tag.textContent);
    expect(tags).toEqual(["Question", "Answered", "For the clinician", "New"]);
    expect(card.querySelector("h3")?.textContent).toBe(
      "Ben Adeyemi manager, question, for the clinician, answered, new",
    );
    button(card, "Ben Adeyemi").click();
    expect(button(card, "Ben Adeyemi").getAttribute("aria-expanded")).toBe("true");
    expect([button(card, "Resolve").hidden, button(card, "Answer").hidden]).toEqual([true, false]);
    expect(card.textContent).toContain("Only Ben Adeyemi, who asked, can resolve this.");
    await until(() => sent.some(({ url }) => url === "/api/threads/1/reading/"));
    expect(card.textContent).not.toContain("New");
    button(card, "Ben Adeyemi").click();
    expect(button(card, "Ben Adeyemi").getAttribute("aria-expanded")).toBe("false");
  });

  it("[FE76] lets readers choose", async () => {
    const mine = { id: 1, name: "Amara Okafor", side: "clinician" };
    const lost = {
      ...thread(1).anchor,
      state: "detached" as const,
      quote: "four hours",
      removed_by: { name: "Ben" },
    };
    const { root, select } = open(
      thread(1, { opened_by: mine }),
      thread(2, { state: "resolved" }),
      thread(3, { comments: [comment(1, "So, @Amara?")] }),
      thread(4, { anchor: lost }),
      thread(5, { addressed: "clinician" }),
    );
    await until(() => cards(root).length === 4);
    const choose = (filter: string) => {
      select.value = filter;
      select.dispatchEvent(new Event("change"));
      return cards(root).map((card) => card.id);
    };
    expect(cards(root)[0]?.textContent).toContain("Ben removed the words four hours.");
    expect(choose("mine")).toEqual(["thread-1"]);
    expect(choose("me")).toEqual(["thread-3", "thread-5"]);
    expect(choose("gone")).toEqual(["thread-4"]);
    expect(choose("all")).toHaveLength(5);
    expect([...select.options].map((option) => option.textContent)).toEqual([
      "Open (4)",
      "Begun by me (1)",
      "For me (2)",
      "Words removed (1)",
      "All, also resolved (5)",
    ]);
    expect(button(root, "Comments in this section (5)").hidden).toBe(false);
  });

  it("[FE100] a long list shows its first ones, and the rest for whoever asks", async () => {
    const { root, margin } = open(...Array.from({ length: 8 }, (_, nth) => thread(nth + 1)));
    await until(() => cards(root).length === 8);
    const list = root.querySelector("ul") as HTMLElement;
    const folded = () => list.classList.contains("coprod-threads__list--folded");
    const more = button(root, "Show all 8 comments");
    expect([folded(), more.hidden, more.getAttribute("aria-expanded")]).toEqual([true, false, "false"]);
    more.click();
    expect([folded(), more.getAttribute("aria-expanded")]).toEqual([false, "true"]);
    expect(more.textContent).toBe("Show only the first 5 on The aim");
    margin.store.take(thread(9));
    expect(folded()).toBe(false);
    more.click();
    expect([folded(), more.textContent]).toEqual([true, "Show all 9 comments on The aim"]);
    for (const id of [1, 2]) margin.store.take(thread(id, { changed_at: "2026-12-01", state: "resolved" }));
    expect([folded(), more.hidden]).toEqual([false, true]);
  });

  it("[FE77] a button leads to the threads, and Escape back", async () => {
    const { root } = open(thread(1));
    await until(() => cards(root).length === 1);
    button(root, "Comments in this section (1)").click();
    expect(document.activeElement).toBe(button(root, "Ben Adeyemi"));
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(document.activeElement).toBe(button(root, "Comments in this section"));
  });

  it("[FE80] what others write is read out once, one's own and the past are not", async () => {
    const { page, margin, root } = open(thread(1));
    await until(() => cards(root).length === 1);
    const said = vi.spyOn(margin.session.announcer, "say");
    margin.store.take(thread(2));
    margin.store.take(thread(2));
    expect(said).toHaveBeenCalledTimes(1);
    expect(said.mock.calls[0]?.[1]).toBe("Ben Adeyemi (manager) commented on The aim.");
    const reply = [comment(1, "a"), comment(2, "b", { is_mine: true })];
    margin.store.take(thread(2, { comments: reply }));
    margin.store.take(thread(2, { comments: [...reply, comment(3, "c")] }));
    expect(said.mock.calls[1]?.[1]).toBe("Ben Adeyemi (manager) replied in The aim.");
    expect(said).toHaveBeenCalledTimes(2);
    expect(page.querySelectorAll("[data-announcer]")).toHaveLength(1);
  });
});
