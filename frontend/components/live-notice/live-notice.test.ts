// When a page says that it is no longer the newest.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { NOTICE, type Notice } from "../../lib/notices";
import { LiveNotice } from "./live-notice";

vi.stubGlobal("WebSocket", EventTarget);

function started(proposal?: string): HTMLElement {
  const root = document.createElement("div");
  const words = document.createElement("p");
  words.className = "coprod-live-notice__words";
  words.hidden = true;
  root.append(words);
  if (proposal) root.dataset.proposal = proposal;
  document.body.replaceChildren(root);
  new LiveNotice(root);
  return words;
}

const hint = (notice: Notice) => document.dispatchEvent(new CustomEvent(NOTICE, { detail: notice }));

beforeEach(() => {
  document.body.className = "nhsuk-frontend-supported";
});

describe("LiveNotice", () => {
  it("[FE64] shows its line when a hint arrives, and never reloads by itself", () => {
    const words = started();
    expect(words.hidden).toBe(true);
    hint({ type: "stage", proposal: 8 });
    expect(words.hidden).toBe(false);
  });

  it("[FE64] passes over what is new for the reader, which the header shows", () => {
    const words = started();
    hint({ type: "news", news: 8 });
    expect(words.hidden).toBe(true);
  });

  it("[FE64] on a proposal's page, only for that proposal", () => {
    const words = started("7");
    hint({ type: "stage", proposal: 8 });
    expect(words.hidden).toBe(true);
    hint({ type: "stage", proposal: 7 });
    expect(words.hidden).toBe(false);
  });
});
