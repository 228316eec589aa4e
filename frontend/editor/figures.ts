// Figures as people write them, read and shown: the same as figure, pounds and per_cent on the server.

const FIGURE = /^([-\u2212]?)£?(\d+(?:,\d{3})*|\d*)(\.\d+)?([km]?)%?$/i;
const TIMES: Record<string, number> = { "": 1, k: 1_000, m: 1_000_000 };

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const pence = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** The number somebody wrote, or null where it is none. */
export function figure(said: string): number | null {
  const found = FIGURE.exec(said.replace(/\s+/g, ""));
  if (!found || !(found[2] || found[3])) return null;
  const size = Number((found[2]?.replaceAll(",", "") || "0") + (found[3] ?? ""));
  return (found[1] ? -1 : 1) * size * (TIMES[found[4]?.toLowerCase() ?? ""] ?? 1);
}

/** 25000 as £25,000; whatever is no amount stays as it is. */
export function pounds(value: string): string {
  const amount = figure(value);
  if (amount === null) return value;
  const size = Math.abs(amount);
  return `${amount < 0 ? "-" : ""}£${(Number.isInteger(size) ? whole : pence).format(size)}`;
}

/** 30 as 30%; whatever is no figure stays as it is. */
export function perCent(value: string): string {
  const said = value.trim();
  return figure(said) === null || said.endsWith("%") ? value : `${said}%`;
}
