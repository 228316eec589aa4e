// The hint socket: the server says "something changed, look again", never what; pages decide what to do.

/** A hint: a kind and ids. */
export type Notice = { type: string } & Record<string, string | number>;

/** Dispatched on `document` for every hint. */
export const NOTICE = "coprod:notice";

interface Options {
  url?: string;
  /** Milliseconds before the first retry; doubles with each, to at most `longest`. */
  shortest?: number;
  longest?: number;
}

/** Close codes that say "do not come back": signed out, no access, malformed. */
const isFinal = (code: number): boolean => code >= 4400 && code < 4500;

let shared: Notices | null = null;

/** The one socket of this page, whichever of its parts asked first. */
export function listen(): Notices {
  shared ??= new Notices().start();
  return shared;
}

/** Keeps one socket open while the page is, and reconnects with growing pauses. */
export class Notices {
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #stopped = false;
  readonly #url: string;
  readonly #shortest: number;
  readonly #longest: number;

  constructor({ url = addressOf("/ws/notices"), shortest = 1_000, longest = 60_000 }: Options = {}) {
    this.#url = url;
    this.#shortest = shortest;
    this.#longest = longest;
  }

  start(): this {
    this.#connect();
    return this;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened());
    socket.addEventListener("message", (event) => announce(event.data));
    socket.addEventListener("close", (event) => this.#closed(event.code));
  }

  #opened(): void {
    // Whatever happened while the line was down was not heard: say so once it is back.
    if (this.#tries > 0) dispatch({ type: "reconnected" });
    this.#tries = 0;
  }

  #closed(code: number): void {
    if (this.#stopped || isFinal(code)) return;
    const pause = Math.min(this.#longest, this.#shortest * 2 ** this.#tries);
    this.#tries += 1;
    // Spread out, so that a restarted server is not met by everybody at once.
    this.#timer = setTimeout(() => this.#connect(), pause * (0.5 + Math.random() / 2));
  }
}

function announce(data: unknown): void {
  const notice = parsed(data);
  if (notice) dispatch(notice);
}

function dispatch(notice: Notice): void {
  document.dispatchEvent(new CustomEvent<Notice>(NOTICE, { detail: notice }));
}

/** Nothing that is not a flat object with a type: a newer server may say more than this page understands. */
function parsed(data: unknown): Notice | null {
  try {
    const value: unknown = JSON.parse(String(data));
    if (typeof value !== "object" || value === null || !("type" in value)) return null;
    return typeof value.type === "string" ? (value as Notice) : null;
  } catch {
    return null;
  }
}

export function addressOf(path: string): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
}
