// Signing out where nobody writes: nothing kept on this device goes without a question.
import "fake-indexeddb/auto";
import { afterEach, expect, it, vi } from "vitest";
import { Drafts } from "./drafts";
import { element } from "./elements";
import { LocalStore, wipe } from "./localstore";
import { askBeforeSignOut } from "./signout";

const PLACE = { person: 1, document: 3, epoch: "e1" };
const gone = { controller: new AbortController() };

function page() {
  gone.controller = new AbortController();
  const form = element("form", { action: "/accounts/logout/", method: "post" });
  document.body.replaceChildren(form);
  const submit = vi.spyOn(form, "submit").mockImplementation(() => undefined);
  const go = vi.fn();
  askBeforeSignOut(gone.controller.signal, go);
  const signOut = (): boolean => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  return { submit, go, signOut };
}

afterEach(async () => {
  gone.controller.abort();
  sessionStorage.clear();
  await wipe();
});

it("[FE69] signs out at once where nothing is kept", async () => {
  const { submit, go, signOut } = page();
  expect(signOut()).toBe(false);
  await vi.waitFor(() => expect(submit).toHaveBeenCalledOnce());
  expect(go).not.toHaveBeenCalled();
});

it("[FE69] leads to the question where words are kept that were not sent", async () => {
  const store = new LocalStore(PLACE, "t1");
  await store.open();
  await store.keep({ id: "b", order: 1, client: 5, update: new Uint8Array([0]), roots: ["t:aim"], at: 0 });
  store.close();
  const { submit, go, signOut } = page();
  signOut();
  await vi.waitFor(() => expect(go).toHaveBeenCalledWith(expect.stringMatching(/logout\/\?unsent=yes$/)));
  expect(submit).not.toHaveBeenCalled();
});

it("[FE69] leads there also for a comment that is half written", async () => {
  new Drafts(1, 3).keep("new:aim", "Half a");
  const { go, signOut } = page();
  signOut();
  await vi.waitFor(() => expect(go).toHaveBeenCalledOnce());
});

it("[FE69] leaves the editor page, which waits for its words, to itself", () => {
  const { signOut } = page();
  document.body.append(element("div", { "data-session": "" }));
  expect(signOut()).toBe(true);
});
