/**
 * The console without a line: a service worker that keeps its pages and what they are made of, one version at a time.
 * VERSION, FILES and LOST_PAGE are written before this by the server; a page of another version is never kept.
 */

const FAMILY = "livesession-console-";
const CACHE = FAMILY + VERSION;
const OWN_FILES = new Set(FILES);
/** The list of sittings, a sitting, and the sheet to go on by hand. */
const START = new URL("/console/", location.origin).href;
const PAGES = /^\/console\/(s\/[^/]+(\/sheet)?)?$/;
/** A server that does not answer within this is answered for, where there is something to show. */
const PATIENCE = 3_000;

self.addEventListener("install", (event) => {
  // Where the browser knows how, a page's sixty files come from the cache without asking this script for each.
  event.addRoutes?.(["/static/*", "/console/scripts/*"].map((under) => ({ condition: { urlPattern: under }, source: { cacheName: CACHE } })));
  event.waitUntil(install());
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === "/console/logout") event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(PAGES.test(pathname) ? pageFor(event) : fetch(request).catch(() => lostPage()));
  } else if (OWN_FILES.has(pathname)) event.respondWith(fileFor(request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...FILES, LOST_PAGE]);
  // Pages that the version before kept are fetched anew: theirs speak of files that go with it.
  for (const name of await formerCaches()) {
    for (const { url } of await (await caches.open(name)).keys()) {
      if (!PAGES.test(new URL(url).pathname)) continue;
      const response = await fetch(url, { credentials: "same-origin", redirect: "manual" });
      if (isOurs(response)) await cache.put(url, response);
    }
  }
  await self.skipWaiting();
}

async function activate() {
  for (const name of await formerCaches()) await caches.delete(name);
  await self.clients.claim();
  // Pages that were open before there was a worker have not come by it.
  const open = await self.clients.matchAll({ type: "window" });
  const pages = new Set([START, ...open.map(({ url }) => url).filter((url) => PAGES.test(new URL(url).pathname))]);
  await Promise.allSettled([...pages].map((url) => fetch(url, { redirect: "manual" }).then((response) => keep(url, response))));
}

async function formerCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
}

/** The server's page, unless it is slow or away: then the one that was kept. */
async function pageFor(event) {
  const { request } = event;
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(request.url)) ?? (await cache.match(request.url, { ignoreSearch: true }));
  const asked = fetch(request).then(async (response) => {
    if (response.type === "basic") event.waitUntil(keep(request.url, response.clone()));
    return response;
  });
  if (!kept) return asked.catch(() => lostPage());
  event.waitUntil(asked.catch(() => undefined));
  const slow = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([slow, asked.then((response) => (response.status >= 500 ? kept : response), () => kept)]);
}

async function lostPage() {
  return (await caches.open(CACHE)).match(LOST_PAGE);
}

async function keep(address, response) {
  const url = address.split("#")[0];
  if (response.ok && response.headers.get("Livesession-Console") !== VERSION) return self.registration.update();
  if (!isOurs(response)) return undefined;
  const cache = await caches.open(CACHE);
  // A page is for whoever was logged in: those of another are gone as soon as this one is seen.
  for (const held of await cache.keys()) {
    const account = (await cache.match(held))?.headers.get("Livesession-Account");
    if (account && account !== response.headers.get("Livesession-Account")) await cache.delete(held);
  }
  return cache.put(url, response);
}

function isOurs(response) {
  return response.ok && !response.redirected && response.headers.get("Livesession-Console") === VERSION && response.headers.has("Livesession-Account");
}

async function fileFor(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request.url, { ignoreSearch: true })) ?? fetch(request);
}

/** Whoever logs out leaves nothing to be looked at: pages go, and the copy of the record. Unsent words stay, for their author. */
async function forget() {
  const cache = await caches.open(CACHE);
  for (const held of await cache.keys()) if (PAGES.test(new URL(held.url).pathname)) await cache.delete(held);
  await new Promise((resolve) => {
    const asked = indexedDB.open("livesession-console");
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = resolve;
    asked.onsuccess = () => {
      const transaction = asked.result.transaction("copy", "readwrite");
      transaction.objectStore("copy").clear();
      transaction.oncomplete = transaction.onabort = () => {
        asked.result.close();
        resolve();
      };
    };
  });
}
