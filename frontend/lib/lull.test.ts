import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Lull } from "./lull";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stirred(lull: Lull, times: number, apart: number): void {
  for (let nth = 0; nth < times; nth++) {
    lull.stir();
    vi.advanceTimersByTime(apart);
  }
}

it("[FE86] waits for a pause, and calls once", () => {
  const call = vi.fn();
  const lull = new Lull(call, 200, 1_000);
  stirred(lull, 4, 100);
  expect(call).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100);
  expect(call).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5_000);
  expect(call).toHaveBeenCalledTimes(1);
});

it("[FE86] does not wait longer than it may while there is no pause", () => {
  const call = vi.fn();
  stirred(new Lull(call, 200, 1_000), 30, 100);
  expect(call).toHaveBeenCalledTimes(3);
});

it("[FE86] forgets what has stirred when it is told that all is settled", () => {
  const call = vi.fn();
  const lull = new Lull(call, 200, 1_000);
  lull.stir();
  lull.settle();
  vi.advanceTimersByTime(2_000);
  expect(call).not.toHaveBeenCalled();
});
