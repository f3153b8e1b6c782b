/* Keeps an overlay's own files, so that a source that OBS loads while the server is away finds its page.
   What the server answers always comes first. Each overlay's worker.js brings this in. */
"use strict";

const KEPT = registration.scope;
const OWN = ["./", "style.css", "script.js", "../shared/look.js", "../shared/overlay.js", "../shared/overlay.css", "../shared/curtain.css"];
const FILES = [...OWN, "/widget.js", "/static/fonts/atkinson-hyperlegible-next.woff2"].map((path) => new URL(path, location.href).href);

/* What need not be there: the council's face, and themes with what they show. */
const FACE = new URL("/face/overlay.css", location.href).href;
const DRESS = [new URL("/face/", location.href).href, new URL("../themes/", location.href).href];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES).then(() => cache.add(FACE).catch(() => {}))).then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const address = event.request.url.split(/[?#]/)[0];
  if (FILES.includes(address) || DRESS.some((start) => address.startsWith(start))) event.respondWith(answer(event.request, address));
});

async function answer(request, address) {
  const cache = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (!fresh.ok) return (await cache.match(address)) ?? fresh;
    await cache.put(address, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(address);
    if (kept) return kept;
    throw error;
  }
}
