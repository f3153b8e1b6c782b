/** What lets the console be kept by this browser: its service worker, storage that is not cleared to make room, a login in place. */

import { call, NoAnswer, Refusal } from "./api.js";
import { byId, h } from "./dom.js";
import { complain, field, openLayer } from "./layer.js";
import { page, t, tn } from "./page.js";

/** Called by every page of the console that runs scripts. */
export function install() {
  // Neither exists outside a secure context; the console then needs its server to open.
  navigator.serviceWorker?.register(`/console/worker.js?lang=${page.language}`, { scope: "/console/" }).catch(() => undefined);
  if (page.mayPost) navigator.storage?.persist?.().catch(() => undefined);
}

/** Log in again without leaving the page; another page of this browser that did so is noticed at once. */
export function keepLogin({ stream, outbox }) {
  for (const form of document.querySelectorAll("form[action='/console/logout']")) {
    form.addEventListener("submit", (event) => outbox.commands.length && askToLeave(event, form, outbox.commands.length));
  }
  const told = new BroadcastChannel(`livesession:login:${page.account.id}`);
  const goOn = () => {
    stream.retry();
    outbox.resume();
  };
  told.onmessage = () => (stream.loggedOut || outbox.loggedOut) && goOn();
  // Whoever opens a page is logged in.
  told.postMessage("");
  byId("banner-login").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(() => {
      told.postMessage("");
      goOn();
    });
  });
}

/** What waits would then wait for the next login here: who leaves must know. */
function askToLeave(event, form, n) {
  event.preventDefault();
  openLayer({
    title: t("leave-title"),
    body: [h("p", {}, tn("leave-explain", n))],
    confirm: { label: t("leave"), run: () => (form.submit(), true) },
  });
}

function ask(goOn) {
  const name = h("input", { type: "text", name: "name", autocomplete: "username", autocapitalize: "none", spellcheck: "false", readonly: true });
  name.value = page.account.name;
  const password = h("input", { type: "password", name: "password", autocomplete: "current-password", required: true });
  const run = async () => {
    const sentence = await logIn(name.value, password.value);
    if (sentence) return complain(password, sentence);
    goOn();
    return true;
  };
  openLayer({
    title: t("login-title"),
    body: [h("p", {}, t("login-explain")), field(t("login-name"), name), field(t("login-password"), password)],
    confirm: { label: t("login-go"), run },
  });
  password.focus();
}

/** Empty where it worked, else the sentence to show. */
async function logIn(name, password) {
  const form = new URLSearchParams({ name, password, next: "/console/" });
  try {
    const answer = await fetch(`/console/login?lang=${page.language}`, { method: "POST", body: form, redirect: "manual" });
    if (answer.status === 401) return t("login-wrong");
    if (answer.status === 429) return t("login-throttled", { n: Math.ceil(Number(answer.headers.get("Retry-After")) / 60) || 1 });
    await call("GET", "/api/v1/account");
  } catch (error) {
    if (error instanceof Refusal) return error.lines.join(" ");
    if (error instanceof NoAnswer || error instanceof TypeError) return t("login-no-line");
    throw error;
  }
  return "";
}
