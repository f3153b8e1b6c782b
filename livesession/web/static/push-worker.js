// Shows what the server sends to a browser that asked for it, and opens the place it is about. Keeps nothing, and
// answers no request: pages come from the server as they do without it.

const STOP = { fr: "Ne plus me prévenir", en: "Stop telling me" };

self.addEventListener("push", (event) => {
  const told = event.data?.json();
  if (!told) return;
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag,
      lang: told.language,
      data: told,
      actions: [{ action: "stop", title: STOP[told.language] || STOP.fr }],
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  const told = event.notification.data;
  event.notification.close();
  event.waitUntil(event.action === "stop" ? stop(told) : open(told));
});

/** @param {{stop: string, id: string}} told */
function stop(told) {
  const headers = { "Content-Type": "application/json" };
  return fetch(told.stop, { method: "POST", headers, body: JSON.stringify({ id: told.id }) });
}

/** @param {{path: string}} told */
async function open(told) {
  const address = new URL(told.path, self.location.origin);
  for (const page of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    if (new URL(page.url).pathname === address.pathname) {
      await page.navigate(address.href).catch(() => null);
      return page.focus();
    }
  }
  return self.clients.openWindow(address.href);
}
