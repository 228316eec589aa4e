// One WebSocket that comes back: waits longer each time, notices a silent line, and knows when not to try again.
import { closing } from "./closing";
import { SUBPROTOCOL } from "./wire";

const SILENCE = 30_000;
const FIRST_WAIT = 250;
const STEADY = 10_000;
const LOOK_EVERY = 1_000;
const LONGEST_WAIT = 15_000;
/** Our own code for a line we gave up on. */
const DROPPED = 3001;

export interface LineEvents {
  opened(): void;
  frame(bytes: Uint8Array): void;
  /** The line is down; with a final code it stays down. */
  down(code: number): void;
}

export class Line {
  private socket: WebSocket | null = null;
  private tries = 0;
  private heardAt = 0;
  private openedAt = Number.POSITIVE_INFINITY;
  private stopped = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private readonly watchdog: ReturnType<typeof setInterval>;

  constructor(
    private readonly url: string,
    private readonly events: LineEvents,
  ) {
    this.watchdog = setInterval(() => {
      if (this.socket && Date.now() - this.heardAt > SILENCE) this.drop();
    }, 1_000);
    addEventListener("online", this.onOnline);
    addEventListener("offline", this.onOffline);
  }

  get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    if (this.stopped || this.socket) return;
    clearTimeout(this.retry);
    const socket = new WebSocket(this.url, [SUBPROTOCOL]);
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    this.heardAt = Date.now();
    this.openedAt = Number.POSITIVE_INFINITY;
    socket.onopen = () => {
      this.openedAt = Date.now();
      this.events.opened();
    };
    socket.onmessage = (message) => {
      this.heardAt = Date.now();
      this.events.frame(new Uint8Array(message.data as ArrayBuffer));
    };
    socket.onclose = (close) => this.onClose(close.code);
  }

  send(frame: Uint8Array): boolean {
    if (!this.open) return false;
    this.socket?.send(frame as Uint8Array<ArrayBuffer>);
    return true;
  }

  private onClose(code: number): void {
    this.socket = null;
    if (closing(code).final) this.stopped = true;
    this.events.down(code);
    if (this.stopped) return;
    // A line that held for a while starts again with a short wait; one that breaks at once does not.
    if (Date.now() - this.openedAt > STEADY) this.tries = 0;
    // Jitter: after a restart of the server not everybody knocks at the same moment.
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries++) * (0.5 + Math.random());
    this.again(wait, LONGEST_WAIT);
  }

  /** While the browser says that there is no network, it is asked again each second; it is not always right. */
  private again(wait: number, patience: number): void {
    this.retry = setTimeout(() => {
      if (navigator.onLine === false && patience > 0) this.again(LOOK_EVERY, patience - LOOK_EVERY);
      else this.connect();
    }, wait);
  }

  /** Lets go of a line that says nothing; the browser may take minutes to notice by itself. */
  drop(): void {
    const socket = this.socket;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(DROPPED);
    this.onClose(DROPPED);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.watchdog);
    removeEventListener("online", this.onOnline);
    removeEventListener("offline", this.onOffline);
    this.drop();
  }

  private readonly onOnline = (): void => {
    this.tries = 0;
    this.connect();
  };

  private readonly onOffline = (): void => this.drop();
}
