// Requests to our own JSON addresses: session, CSRF token, and refusals as sentences.

/** What the server would not do, in words a person can read. */
export class Refusal extends Error {
  override name = "Refusal";

  constructor(
    readonly status: number,
    sentence: string,
  ) {
    super(sentence);
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const OFFLINE = "The service cannot be reached. Check your connection and try again.";
const UNKNOWN = "The service could not do that. Try again in a few minutes.";

/** The parsed answer; throws a Refusal for anything but success. `undefined` when there is no content. */
export async function request<T>(method: Method, url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, options(method, body)).catch(() => {
    throw new Refusal(0, OFFLINE);
  });
  if (!response.ok) throw new Refusal(response.status, await sentenceOf(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

function options(method: Method, body: unknown): RequestInit {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
  if (body === undefined) return { method, headers, credentials: "same-origin" };
  headers["Content-Type"] = "application/json";
  return { method, headers, credentials: "same-origin", body: JSON.stringify(body) };
}

/** Django's token, from the form on the page if there is one (the cookie may be closed to scripts). */
export function csrfToken(): string {
  const field = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  if (field) return field.value;
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  return cookie ? decodeURIComponent(cookie.slice("csrftoken=".length)) : "";
}

/** Problem details (RFC 9457) carry the sentence in `detail`. */
async function sentenceOf(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => null);
  const said = typeof problem === "object" && problem !== null ? Reflect.get(problem, "detail") : null;
  return typeof said === "string" && said ? said : UNKNOWN;
}
