/** Work that can wait until nothing else is to be done, in pieces too small to be felt. */

/** Call `step()` again and again while the browser is idle, until it returns false. A newer call ends none before it. */
export function whileIdle(step) {
  const go = (deadline) => {
    let more = true;
    do more = step();
    while (more && deadline.timeRemaining() > 4);
    if (more) later(go);
  };
  later(go);
}

/** Safari has no idle callbacks: a few milliseconds at a time do there. */
const later = globalThis.requestIdleCallback ?? ((go) => setTimeout(() => go({ timeRemaining: () => 0 }), 16));
