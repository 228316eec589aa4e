// Requests and refusals.
import { afterEach, describe, expect, it, vi } from "vitest";
import { csrfToken, Refusal, request } from "./http";

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

function answer(response: () => Response | Promise<Response>) {
  const fetch = vi.fn(async (_url: string, _options?: RequestInit) => response());
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

describe("request", () => {
  it("sends JSON with the token and reads the answer", async () => {
    const field = document.createElement("input");
    Object.assign(field, { name: "csrfmiddlewaretoken", value: "token-1" });
    document.body.append(field);
    const fetch = answer(() => Response.json({ id: 7 }));
    expect(await request("POST", "/api/threads/", { body: "x" })).toEqual({ id: 7 });
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({
      method: "POST",
      body: '{"body":"x"}',
      headers: { "X-CSRFToken": "token-1", "Content-Type": "application/json" },
    });
  });

  it("asks without a token or body, and may get nothing", async () => {
    const fetch = answer(() => new Response(null, { status: 204 }));
    expect(await request("GET", "/api/")).toBeUndefined();
    expect(fetch.mock.calls[0]?.[1]?.headers).toEqual({ Accept: "application/json" });
  });

  it("[FE65] gives the server's sentence", async () => {
    answer(() => Response.json({ detail: "Only the pair write here." }, { status: 403 }));
    await expect(request("POST", "/x")).rejects.toMatchObject({
      name: "Refusal",
      status: 403,
      message: "Only the pair write here.",
    });
  });

  it("[FE65] finds words where the server has none", async () => {
    for (const body of ["<html>", "[]", '{"detail": 3}', "null"]) {
      answer(() => new Response(body, { status: 502 }));
      await expect(request("GET", "/x")).rejects.toThrow("could not do that");
    }
  });

  it("[FE65] says so when nobody answers", async () => {
    answer(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(request("GET", "/x")).rejects.toThrow(Refusal);
    await expect(request("GET", "/x")).rejects.toThrow("cannot be reached");
  });
});

describe("csrfToken", () => {
  it("falls back to the cookie", () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie is what is under test
    document.cookie = "csrftoken=a%20b";
    expect(csrfToken()).toBe("a b");
  });
});
