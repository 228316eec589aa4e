// Reading the list of one section's threads, and choosing from it.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { tearDown, until } from "../../editor/testing/page";
import { comment, thread } from "../../editor/testing/threads";
import { button, cards, no, open, prepare, server } from "./testing/list";

beforeEach(prepare);
afterEach(tearDown);

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
    await until(() => server.sent.some(({ url }) => url === "/api/threads/1/reading/"));
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
