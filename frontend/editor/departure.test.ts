// Leaving the page.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { element } from "./elements";
import { openPage, setUp, tearDown, until } from "./testing/page";
import { FakeServer, FakeSocket, receipt } from "./testing/socket";

function warned(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
}

async function open() {
  const form = element("form", { action: "/accounts/logout/", method: "post" });
  document.body.append(form);
  const submit = vi.spyOn(form, "submit").mockImplementation(() => undefined);
  const { session } = openPage("amara");
  await until(() => session.provider.synced);
  const signOut = (): boolean => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  return { session, submit, signOut, write: () => session.doc.getText("t:aim").insert(1, "a") };
}

beforeEach(setUp);
afterEach(() => {
  tearDown();
  vi.restoreAllMocks();
});

describe("leaving", () => {
  it("[FE49] warns only where the device cannot keep what is not saved", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const { session, write } = await open();
    write();
    expect(warned()).toBe(false);
    session.provider.store.failed = true;
    expect(warned()).toBe(true);
    FakeSocket.last.hear(receipt(1));
    expect(warned()).toBe(false);
  });

  it("[FE49] signing out waits for the last words, then leaves nothing behind", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const { submit, signOut, write } = await open();
    write();
    expect(signOut()).toBe(false);
    expect(submit).not.toHaveBeenCalled();
    FakeSocket.last.hear(receipt(1));
    await until(() => submit.mock.calls.length === 1);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain("coprod-unsent");
  });

  it("[FE49] words that cannot be saved in time are not thrown away without asking", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const { submit, signOut, write } = await open();
    const ask = vi.fn(() => false);
    vi.stubGlobal("confirm", ask);
    write();
    signOut();
    await vi.waitFor(() => expect(ask).toHaveBeenCalled(), { timeout: 5_000 });
    expect(submit).not.toHaveBeenCalled();
  }, 8_000);
});
