/** The president's desk: follows the sitting, and only shows. What it shows is the server's own words. */

import { page } from "./page.js";

const address = `/console/s/${encodeURIComponent(page.slug)}`;
const line = document.getElementById("line");
const clock = document.getElementById("clock");
const locale = page.language === "fr" ? "fr-FR" : "en-GB";
const hours = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: page.timezone });

/** Milliseconds that this machine's clock is behind the server's. */
let behind = 0;
let shown = {};
let asking = false;
let again = false;

function fill(list, lines) {
  list.replaceChildren(
    ...lines.map((text) => {
      const row = document.createElement("li");
      row.textContent = text;
      return row;
    }),
  );
}

function show(form) {
  shown = form;
  document.body.dataset.status = form.status;
  document.body.dataset.quorum = form.quorum_met ? "met" : "lost";
  for (const node of document.querySelectorAll("[data-part]")) {
    const text = form[node.dataset.part] ?? "";
    if (node.textContent !== text) node.textContent = text;
  }
  for (const list of document.querySelectorAll("[data-list]")) fill(list, form[list.dataset.list]);
  tick();
}

/** Ask anew; what moved while the answer was under way is asked for once more. */
async function ask() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    const response = await fetch(`${address}/president.json?lang=${page.language}`, { cache: "no-store" });
    if (response.status === 401) location.reload();
    if (response.ok) show(await response.json());
  } catch {
    // No line: the stream says so, and asks again once it is back.
  } finally {
    asking = false;
    if (again) {
      again = false;
      ask();
    }
  }
}

function minutes(since) {
  const seconds = Math.max(0, Math.floor((Date.now() + behind - Date.parse(since)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function tick() {
  clock.textContent = hours.format(new Date(Date.now() + behind));
  for (const node of document.querySelectorAll("[data-clock]")) {
    const since = shown[node.dataset.clock];
    node.textContent = since ? minutes(since) : "";
    const over = node.dataset.clock === "speaking_since" && since && shown.allotted && Date.now() + behind - Date.parse(since) > shown.allotted * 1000;
    node.classList.toggle("over", Boolean(over));
  }
}

function up(is) {
  line.hidden = is;
  document.body.dataset.line = is ? "up" : "down";
}

let heard = Date.now();
let source = null;

function follow() {
  source?.close();
  heard = Date.now();
  source = new EventSource(`${address}/events?after=${page.seq}&lang=${page.language}`);
  source.onmessage = ({ data }) => {
    heard = Date.now();
    const message = JSON.parse(data);
    if (message.now) behind = Date.parse(message.now) - Date.now();
    up(true);
    if (message.type === "hello" || message.type === "entries") ask();
  };
  source.onerror = () => {
    up(false);
    // A login that ended: asked for by the answer to the next question.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => ask().then(follow), 5000);
  };
}

follow();
setInterval(() => {
  tick();
  if (Date.now() - heard > 40_000) {
    up(false);
    follow();
  }
}, 1000);
// A screen on a desk must not go dark during the sitting, where the browser can help it.
navigator.wakeLock?.request("screen").catch(() => undefined);
