/* What every overlay does: find its sitting, follow it through anything, and say when there is nothing to show.

   ?sitting=slug, and ?server=https://… where the page is a local file. The thread is followed by the same
   code as the widget's, taken from the server; until there is one, it is asked for again and again.

   ?sample=debate and the like show a sitting that is not: see sample.js.

   What it looks like is asked in this order: overlay.css, the council's face (the server's /face/overlay.css), a theme
   (?theme=name: themes/name/theme.css beside the overlays), then the address: see look.js. */
(() => {
  "use strict";

  const STALE_MS = 120_000;
  const LONGEST_WAIT_MS = 15_000;
  const CLOCK_WAIT_MS = 3_000;
  /* The server says its time in whole seconds, and the line takes some of its own. */
  const SKEW_FROM_MS = 2_000;
  /* A sitting that goes on past midnight resumes « à 0 h 10 », and nobody takes that for another day. */
  const NIGHT_MS = 6 * 3_600_000;
  /* OBS serves a local file from the host « absolute ». */
  const LOCAL_HOSTS = new Set(["", "absolute"]);

  const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

  const asked = new URLSearchParams(location.search);
  const sample = asked.get("sample");
  const setting = (name) => asked.get(name) || document.body.dataset[name] || "";
  const slug = setting("sitting");
  const server = (setting("server") || (LOCAL_HOSTS.has(location.hostname) ? "" : location.origin)).replace(/\/+$/, "");

  const sitting = `${server}/s/${encodeURIComponent(slug)}`;

  /**
   * Follow the sitting for as long as the page is open.
   *
   * `draw(thread, change)` hears of everything that happens: `thread` is null where nothing is known, or what
   * is known is too old to be shown; `change` is what `Thread.take` returned, or undefined.
   */
  function overlay(draw) {
    if (!server || !(slug || sample)) return;
    let reader = null;
    let stale = false;
    let fading = 0;
    const tell = (change) => {
      const thread = reader?.ready && !stale ? reader.thread : null;
      if (thread) overlay.mirror(thread.state);
      draw(thread, change);
    };

    function heard(event, detail) {
      if (event === "status") {
        clearTimeout(fading);
        if (detail === "live") {
          stale = false;
          readClock();
        } else
          fading = setTimeout(() => {
            stale = true;
            tell();
          }, STALE_MS);
      }
      tell(event === "change" ? detail : undefined);
    }

    function pretend() {
      dress();
      fetchCode("../shared/sample.js", () => overlay.pretend(sample, draw));
    }

    async function follow() {
      dress();
      // First the clock: nobody should see a wrong countdown, not even for a moment.
      await readClock();
      const live = globalThis[Symbol.for("livesession")];
      reader = new live.Reader(sitting, heard, { persist: true });
      reader.start();
    }

    fetchCode(`${server}/widget.js`, sample ? pretend : follow);
    const face = new FontFace("Atkinson Hyperlegible Next", `url("${server}/static/fonts/atkinson-hyperlegible-next.woff2")`, { weight: "200 800" });
    document.fonts.add(face);
    // Loaded once, the page is there even when the server is not: OBS asks for it only at its own start.
    if (location.origin === server) navigator.serviceWorker?.register("worker.js").catch(() => {});
  }

  function fetchCode(from, then, attempt = 0) {
    const script = document.createElement("script");
    script.src = from;
    script.onload = then;
    script.onerror = () => {
      script.remove();
      const longest = Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt);
      setTimeout(fetchCode, longest * (0.5 + Math.random() / 2), from, then, attempt + 1);
    };
    document.head.append(script);
  }

  /** The council's face, before the theme; asked for again with the code, so that a server that came late is heard. */
  function dress() {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `${server}/face/overlay.css`;
    document.querySelector("link[data-theme]")?.before(link) ?? document.head.append(link);
  }

  /* ---- The server's clock: that of a machine in a control room may be wrong by a day, or be set meanwhile. ---- */

  /** What this machine's clock showed when its time without jumps was 0. */
  const ownOrigin = () => Date.now() - performance.now();
  /** The same of the server's clock, once it was asked; and of this one then. */
  let origin = null;
  let ownThen = 0;
  let notBefore = 0;

  const wasSet = () => Math.abs(ownOrigin() - ownThen) > SKEW_FROM_MS;

  async function readClock() {
    const asked = performance.now();
    if (sample || asked < notBefore || (origin !== null && !wasSet())) return;
    notBefore = asked + LONGEST_WAIT_MS;
    try {
      const where = `${sitting}/entries?after=999999999&limit=1`;
      const answer = await fetch(where, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(CLOCK_WAIT_MS) });
      const said = Date.parse(answer.headers.get("Date")) + 500 - (asked + performance.now()) / 2;
      if (Number.isNaN(said)) throw new Error("no Date");
      // Within two seconds this machine's own is the finer one.
      origin = Math.abs(said - ownOrigin()) > SKEW_FROM_MS ? said : ownOrigin();
      ownThen = ownOrigin();
    } catch {
      // Without an answer the machine's clock has to do; there is nothing to count to before the sitting is there.
      if (origin === null) notBefore = 0;
    }
  }

  /** The time by the server's clock, in ms since 1970. */
  function now() {
    if (origin === null) return Date.now();
    // Set by hand, or awake after a sleep: which of the two, only the server knows.
    if (wasSet()) readClock();
    return origin + performance.now();
  }

  /** An instant's hour as it is read aloud, and its day: empty today, and later in this same night. */
  function moment(instant, { timezone }, t) {
    const [hour, day] = [t.time(instant, timezone), t.date(instant, timezone)];
    const near = day === t.date(now(), timezone) || Math.abs(instant - now()) <= NIGHT_MS;
    const time = t.language === "fr" ? hour.replace(/^0/, "").replace(":", "\u00a0h\u00a0").replace(/\u00a000$/, "") : hour;
    return { time, day: near ? "" : day };
  }

  const closedDoors = (state) => state.closed_part || !state.public;

  Object.assign(overlay, {
    closedDoors,
    /** What the address asks for. */
    asked: (name) => asked.get(name) || "",
    now,
    moment,
    host: server.replace(/^https?:\/\//, ""),
    /** The language of a sitting: one of ours, French otherwise. */
    language: (state) => ((state.language ?? "fr").toLowerCase().startsWith("en") ? "en" : "fr"),
    /** Mirror the picture where the sitting speaks a language written from the right; ?dir= decides otherwise. */
    mirror({ language }) {
      document.documentElement.dir = asked.get("dir") || (RIGHT_TO_LEFT.test(language ?? "") ? "rtl" : "ltr");
    },
    /** Whether « Point 14 sur 30 » can be said of an item: not of a number like « 2.2(a) », which does not count. */
    counts: ({ number }, { total }) => /^[0-9]+$/.test(number) && Number(number) <= total,
    /** Leave no word on the page, not even while it fades. */
    blank(root) {
      for (const part of root.querySelectorAll("[id]")) if (!part.childElementCount) part.textContent = "";
      root.hidden = true;
    },
  });
  globalThis.overlay = overlay;
})();
