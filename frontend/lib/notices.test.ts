// The hint socket, against a socket of our own.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addressOf, NOTICE, type Notice, Notices } from "./notices";

class Socket extends EventTarget {
  static all: Socket[] = [];
  closed = false;

  constructor(readonly url: string) {
    super();
    Socket.all.push(this);
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.dispatchEvent(new Event("open"));
  }

  say(data: string): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  lose(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

const heard: Notice[] = [];
const listen = (event: Event) => heard.push((event as CustomEvent<Notice>).detail);
const last = () => Socket.all.at(-1) as Socket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  vi.spyOn(Math, "random").mockReturnValue(1);
  Socket.all = [];
  heard.length = 0;
  document.addEventListener(NOTICE, listen);
});
afterEach(() => {
  document.removeEventListener(NOTICE, listen);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("Notices", () => {
  it("passes hints on and ignores what it does not understand", () => {
    new Notices().start();
    expect(last().url).toBe(addressOf("/ws/notices"));
    for (const data of ['{"type":"stage","id":7}', "{", "3", "null", "{}", '{"type":3}']) last().say(data);
    expect(heard).toEqual([{ type: "stage", id: 7 }]);
  });

  it("[FE63] comes back with growing pauses, up to a limit", () => {
    new Notices({ shortest: 100, longest: 300 }).start();
    for (const pause of [100, 200, 300, 300]) {
      const before = Socket.all.length;
      last().lose();
      vi.advanceTimersByTime(pause - 1);
      expect(Socket.all).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(Socket.all).toHaveLength(before + 1);
    }
  });

  it("[FE63] asks pages to look again once it is back, and starts counting anew", () => {
    new Notices({ shortest: 100 }).start();
    last().open();
    last().lose();
    vi.advanceTimersByTime(100);
    last().open();
    expect(heard).toEqual([{ type: "reconnected" }]);
    last().lose();
    vi.advanceTimersByTime(100);
    expect(Socket.all).toHaveLength(3);
  });

  it.each([4401, 4403, 4404])("[FE63] stays away after %i", (code) => {
    new Notices({ shortest: 100 }).start();
    last().lose(code);
    vi.advanceTimersByTime(1_000_000);
    expect(Socket.all).toHaveLength(1);
  });

  it("[FE63] stays away when stopped", () => {
    const notices = new Notices({ shortest: 100 }).start();
    notices.stop();
    last().lose();
    vi.advanceTimersByTime(1_000_000);
    expect(Socket.all).toHaveLength(1);
    expect(last().closed).toBe(true);
  });
});
