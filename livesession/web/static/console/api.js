/** Requests to the server, with its language chosen and its errors as sentences. */

import { page, t } from "./page.js";

/** Longer than any answer of a server that lives, shorter than a clerk's patience. */
const TIMEOUT = 15_000;

/** Under whose login this page was opened, and for which sitting: the server refuses whatever comes under another. */
const AS = Object.fromEntries(
  Object.entries({ "Livesession-Account": page.account?.id, "Livesession-Sitting": page.sitting }).filter(([, value]) => value),
);

/** No answer came, or none that says anything about the request: it may be sent again. */
export class NoAnswer extends Error {
  constructor(reason, retryAfter = null, status = 0) {
    super(reason);
    this.retryAfter = retryAfter;
    /** Of the answer that said nothing of the request; 0 where there was none. */
    this.status = status;
  }
}

/** The server refused. `lines` are sentences for the clerk; `code` is stable. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body.detail ?? String(status));
    this.status = status;
    this.code = body.code ?? "http";
    const places = (body.problems ?? []).map((problem) => problem.detail);
    this.lines = places.length ? places : [body.detail ?? t("error-unknown", { n: status })];
  }
}

/** Send a request; returns the decoded answer. Raises NoAnswer or Refusal. */
export async function call(method, path, body, headers = {}) {
  let response;
  const sent = { ...headers, ...AS };
  try {
    response = await fetch(`${path}${path.includes("?") ? "&" : "?"}lang=${page.language}`, {
      method,
      headers: body === undefined || body instanceof FormData ? sent : { "Content-Type": "application/json", ...sent },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(body instanceof FormData ? TIMEOUT * 8 : TIMEOUT),
      cache: "no-store",
    });
  } catch (error) {
    throw new NoAnswer(error.name);
  }
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    throw new NoAnswer(`status ${response.status}`, Number(response.headers.get("Retry-After")) || null, response.status);
  }
  let decoded = {};
  try {
    if (response.status !== 204) decoded = await response.json();
  } catch {
    // Cut in the middle, or a page of somebody else's (a hotel's portal): not the answer.
    throw new NoAnswer("unreadable");
  }
  if (!response.ok) throw new Refusal(response.status, decoded);
  return decoded;
}

export const sittingPath = `/api/v1/sittings/${encodeURIComponent(page.slug ?? "")}`;
