// Signing out on any page but the editor, which waits for its own words: asked first if this device keeps some.
import { keepsDrafts } from "./drafts";
import { keepsWords } from "./localstore";

/** `go` leads to the page that says what signing out removes. */
export function askBeforeSignOut(
  signal: AbortSignal | undefined,
  go: (address: string) => void = (address) => location.assign(address),
): void {
  const leave = async (form: HTMLFormElement): Promise<void> => {
    if (keepsDrafts() || (await keepsWords())) go(`${form.action}?unsent=yes`);
    else form.submit();
  };
  const asked = (event: Event): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/logout/")) return;
    // On its own page the question has been asked.
    const known =
      document.querySelector("[data-session]") || new URL(form.action).pathname === location.pathname;
    if (known) return;
    event.preventDefault();
    void leave(form);
  };
  document.addEventListener("submit", asked, signal ? { signal } : {});
}
