// The list of one section's threads on a page, for its tests, with a server of a few lines.
import { vi } from "vitest";
import { element } from "../../../editor/elements";
import { openPage, setUp, stubLayout } from "../../../editor/testing/page";
import { FakeServer } from "../../../editor/testing/socket";
import { comment, thread } from "../../../editor/testing/threads";
import type { Thread } from "../../../editor/threads";
import { ThreadFilter } from "../../thread-filter/thread-filter";
import { Margin } from "../margin";
import { ThreadList } from "../thread-list";

/** What the server keeps, how it refuses, and what it was sent. */
export const server = {
  kept: [] as Thread[],
  refusal: null as { status: number; detail: string } | null,
  sent: [] as { method: string; url: string; body: unknown }[],
};

function json(body: unknown, status = 200): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), { status });
}

async function serve(url: string, { method = "GET", body }: RequestInit): Promise<Response> {
  if (method === "GET" && url.startsWith("/api/documents/"))
    return json({ next: null, results: server.kept });
  if (method === "GET") return json(server.kept.find((each) => each.url === url) ?? {}, 200);
  server.sent.push({ method, url, body: body ? JSON.parse(String(body)) : null });
  if (url.endsWith("/reading/")) return json(null, 204);
  if (server.refusal) return json({ detail: server.refusal.detail }, server.refusal.status);
  return json(
    thread(9, { comments: [comment(1, "New", { is_mine: true })], not_mentioned: ["Dele Ogun"] }),
    201,
  );
}

export function open(...threads: Thread[]) {
  server.kept = threads;
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

export const button = (root: HTMLElement, words: string): HTMLButtonElement =>
  [...root.querySelectorAll("button")].find((each) =>
    each.textContent?.startsWith(words),
  ) as HTMLButtonElement;
export const area = (root: HTMLElement, id: string) => root.querySelector(`#${id}`) as HTMLTextAreaElement;
export const cards = (root: HTMLElement) => [
  ...root.querySelectorAll<HTMLElement>(".coprod-thread:not(.coprod-compose)"),
];
export function type(box: HTMLTextAreaElement, words: string): void {
  box.focus();
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
export function send(box: HTMLElement): void {
  box.closest("form")?.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true }));
}

/** A page that has just been opened in this browser. */
export function arrive(): void {
  setUp();
  stubLayout();
  server.sent = [];
  server.refusal = null;
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
}

/** The same, where nobody has written anything before. */
export function prepare(): void {
  sessionStorage.clear();
  arrive();
}

/** What somebody may not do, and why. */
export const no = (reason: string) => ({ allowed: false, reason });
