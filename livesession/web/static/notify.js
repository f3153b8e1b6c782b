// « Me prévenir »: asks the browser for a push subscription and tells the server what to send. Keeps nothing itself.

const form = document.querySelector('[data-part="push"]');
const told = document.querySelector('[data-part="told"]');
const stop = document.querySelector('[data-part="stop"]');
const start = document.querySelector('[data-part="start"]');

/** @param {string} path @param {object} body */
async function post(path, body) {
  const answer = await fetch(form.dataset.base + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw Object.assign(new Error(problem.detail || ""), { status: answer.status });
}

/** Base64url as bytes, which every browser takes for a key. @param {string} text */
function octets(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function wants() {
  const given = new FormData(form);
  return { sitting: given.has("sitting"), votes: given.has("votes"), items: given.getAll("item"), word: given.get("word") };
}

/** @param {{sitting: boolean, votes: boolean, items: string[], word: string}} wanted */
function fill(wanted) {
  form.elements.sitting.checked = wanted.sitting;
  form.elements.votes.checked = wanted.votes;
  form.elements.word.value = wanted.word;
  for (const box of form.querySelectorAll('[name="item"]')) box.checked = wanted.items.includes(box.value);
}

const messages = form ? JSON.parse(form.dataset.messages) : {};

/** @param {boolean} subscribed */
function shown(subscribed) {
  stop.hidden = !subscribed;
  start.textContent = subscribed ? messages.change : messages.start;
}

/** @param {ServiceWorkerRegistration} worker */
async function known(worker) {
  const subscription = await worker.pushManager.getSubscription();
  if (!subscription) return;
  try {
    fill(await post("/push/look", { endpoint: subscription.endpoint }));
    shown(true);
  } catch {
    // It follows another sitting only, or the line is bad: the form stands as it is.
  }
}

/** @param {ServiceWorkerRegistration} worker */
async function subscribe(worker) {
  if ((await Notification.requestPermission()) !== "granted") {
    told.textContent = messages.denied;
    return;
  }
  const options = { userVisibleOnly: true, applicationServerKey: octets(form.dataset.key) };
  let subscription;
  try {
    subscription = await worker.pushManager.subscribe(options);
  } catch (error) {
    // Made under a key that the server has no more.
    if (error.name !== "InvalidStateError") throw error;
    await (await worker.pushManager.getSubscription())?.unsubscribe();
    subscription = await worker.pushManager.subscribe(options);
  }
  await post("/push", {
    subscription: subscription.toJSON(),
    wants: wants(),
    language: document.documentElement.lang,
  });
  shown(true);
  told.textContent = messages.on;
}

/** @param {ServiceWorkerRegistration} worker */
async function unsubscribe(worker) {
  const subscription = await worker.pushManager.getSubscription();
  // The browser's own subscription stays: it may serve another sitting.
  if (subscription) await post("/push/stop", { endpoint: subscription.endpoint });
  shown(false);
  told.textContent = messages.off;
}

/** @param {() => Promise<void>} act */
async function trying(act) {
  told.textContent = "";
  for (const button of [start, stop]) button.disabled = true;
  try {
    await act();
  } catch (error) {
    told.textContent = error.message && error.status ? error.message : messages.failed;
  } finally {
    for (const button of [start, stop]) button.disabled = false;
  }
}

async function begin() {
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
  const worker = await navigator.serviceWorker.register("/push-worker.js", { scope: "/s/" });
  document.querySelector('[data-part="without"]').hidden = true;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    trying(() => subscribe(worker));
  });
  stop.addEventListener("click", () => trying(() => unsubscribe(worker)));
  await known(worker);
}

begin().catch(() => {});
