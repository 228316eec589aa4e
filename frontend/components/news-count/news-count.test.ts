// The number in the header.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { NOTICE, type Notice } from "../../lib/notices";
import { NewsCount } from "./news-count";

vi.stubGlobal("WebSocket", EventTarget);

function started(): HTMLElement {
  document.body.innerHTML =
    '<a data-address="/api/news/">New<span class="coprod-news-count__number" hidden><span data-number>0</span></span></a>';
  new NewsCount(document.body.querySelector("a"));
  return document.body.querySelector(".coprod-news-count__number") as HTMLElement;
}

const hint = (notice: Notice) => document.dispatchEvent(new CustomEvent(NOTICE, { detail: notice }));

beforeEach(() => {
  vi.useFakeTimers();
  document.body.className = "nhsuk-frontend-supported";
});

describe("NewsCount", () => {
  it("[FE81] asks once for hints that come together, and shows what it hears", async () => {
    const fetch = vi.fn(async () => Response.json({ unread: 3 }));
    vi.stubGlobal("fetch", fetch);
    const badge = started();
    hint({ type: "news", news: 1 });
    hint({ type: "news", news: 2 });
    hint({ type: "thread", thread: 2 });
    await vi.runAllTimersAsync();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(badge.hidden).toBe(false);
    expect(badge.textContent).toBe("3");
  });

  it("[FE81] hides a nought, and keeps the number when nobody answers", async () => {
    const answers = [
      () => Response.json({ unread: 2 }),
      () => Response.error(),
      () => Response.json({ unread: 0 }),
    ];
    let answer = answers[0];
    vi.stubGlobal("fetch", async () => answer?.());
    const badge = started();
    const seen: [string | null, boolean][] = [];
    for (answer of answers) {
      hint({ type: "news", news: 1 });
      await vi.runAllTimersAsync();
      seen.push([badge.textContent, badge.hidden === true]);
    }
    expect(seen).toEqual([
      ["2", false],
      ["2", false],
      ["0", true],
    ]);
  });
});
