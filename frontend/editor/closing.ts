// Why the server closed a document, as the person reads it, and what becomes of edits it does not have.

export interface Closing {
  /** Trying again would not help. */
  final: boolean;
  sentence: string;
  /** The edits can never be sent: their words go to the rescue panel. Otherwise they wait on this device. */
  refuses: boolean;
}

const FINAL: Record<number, Omit<Closing, "final">> = {
  4400: {
    sentence: "The server could not read an edit from this page. Load the page again to go on writing.",
    refuses: true,
  },
  4401: {
    sentence: "You are signed out. Sign in again: your unsent edits are kept on this device.",
    refuses: false,
  },
  4403: { sentence: "You can no longer write in this document.", refuses: true },
  4404: { sentence: "This document is no longer here.", refuses: true },
  4409: {
    sentence: "This page is older than the document. Load the page again to go on writing.",
    refuses: false,
  },
  4413: {
    sentence:
      "An edit was too large for the server. Load the page again, and bring long text in smaller parts.",
    refuses: true,
  },
  4423: {
    sentence: "This stage was submitted or the proposal withdrawn, so its text is closed.",
    refuses: true,
  },
};

const UNKNOWN = { sentence: "The server closed this document. Load the page again.", refuses: false };
const PASSING: Closing = { final: false, sentence: "", refuses: false };

export function closing(code: number): Closing {
  if (code < 4400 || code > 4499) return PASSING;
  return { final: true, ...(FINAL[code] ?? UNKNOWN) };
}
