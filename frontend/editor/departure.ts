// Leaving the page: sign out does not throw words away, and a warning comes only where the device cannot keep them.
import { forgetDrafts } from "./drafts";
import { wipe } from "./localstore";
import type { CoprodProvider } from "./provider";

const PATIENCE = 3_000;
const QUESTION =
  "Your last words are not saved yet, and signing out removes them from this device. Sign out all the same?";

export function watchDeparture(provider: CoprodProvider): void {
  const { signal } = provider.gone;
  const warn = (event: Event): void => {
    const { kind, kept } = provider.saved;
    if (!kept && (kind === "saving" || kind === "unsaved")) event.preventDefault();
  };
  const leave = (event: Event): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.action.endsWith("/logout/")) return;
    event.preventDefault();
    void signOut(provider, form);
  };
  addEventListener("beforeunload", warn, { signal });
  document.addEventListener("submit", leave, { signal });
}

async function signOut(provider: CoprodProvider, form: HTMLFormElement): Promise<void> {
  const saved = await provider.settle(PATIENCE);
  if (!saved && !confirm(QUESTION)) return;
  provider.destroy();
  forgetDrafts();
  await wipe();
  form.submit();
}
