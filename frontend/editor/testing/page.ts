// An editor page in a test: the frame that a part of the page needs, joined to a server of a few lines.
import { vi } from "vitest";
import { element } from "../elements";
import { Session } from "../session";
import { FakeSocket } from "./socket";

export interface Page {
  root: HTMLElement;
  session: Session;
}

const pages: Page[] = [];

/** Adds a page for one person; `html` is made of elements, because no script here may trust a string. */
export function openPage(as: "amara" | "ben", ...parts: HTMLElement[]): Page {
  const root = element(
    "div",
    {
      "data-session": "",
      "data-person": as === "amara" ? "1" : "2",
      "data-name": as === "amara" ? "Amara Okafor" : "Ben Adeyemi",
      "data-side": as === "amara" ? "clinician" : "manager",
      "data-document": "3",
      "data-epoch": "e1",
      "data-socket": `/ws/documents/e1?as=${as}`,
      "data-can-edit": "true",
    },
    element("h2", { id: "h-aim" }, "The aim"),
    ...parts,
  );
  document.body.append(root);
  const page = { root, session: Session.of(root) };
  pages.push(page);
  return page;
}

export function setUp(): void {
  document.body.className = "nhsuk-frontend-supported";
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
}

export function tearDown(): void {
  for (const { session } of pages.splice(0)) session.provider.destroy();
  document.body.replaceChildren();
  FakeSocket.onNew = () => undefined;
  vi.unstubAllGlobals();
}

export async function until(check: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!check()) throw new Error(`Still not so: ${check}`);
    },
    { timeout: 3_000, interval: 10 },
  );
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** jsdom draws nothing; the editor asks where the caret is when it scrolls to it. */
export function stubLayout(): void {
  const nowhere = new DOMRect();
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  Range.prototype.getBoundingClientRect = () => nowhere;
}
