/* <live-session src="https://…/s/slug" lang order theme height>: the life of the element, and nothing else.
   What stands between its tags is shown until the sitting is there. */
(() => {
  "use strict";
  const live = globalThis[Symbol.for("livesession")];
  if (!globalThis.customElements || customElements.get("live-session")) return;
  const { h } = live;
  const script = document.currentScript?.src;

  /* The few icons of the widget, as paths: the address of a sprite, a host's policy may forbid. */
  const ICONS = {
    check: "M20 6 9 17l-5-5",
    circle: "M2 12a10 10 0 1 1 20 0 10 10 0 1 1-20 0",
    clock: "M2 12a10 10 0 1 1 20 0 10 10 0 1 1-20 0M12 6v6l4 2",
    lock: "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M7 11V7a5 5 0 0 1 10 0v4",
    pin: "M12 17v5M8 2h8M9 2v8l-4 5v2h14v-2l-4-5V2",
    play: "M6 3 20 12 6 21z",
  };

  const icon = (name) => h("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, h("path", { d: ICONS[name] }));

  // Where a browser has no such style sheets this throws, and what stands between the tags stays.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(live.css);

  function skeleton(t, page, newest, heading) {
    const part = (tag, name, attributes = {}, ...children) => h(tag, { class: name, part: name, "data-part": name, ...attributes }, ...children);
    const edge = part("div", "edge");
    const entries = part("ol", "entries");
    const view = (name) => h("button", { type: "button", "data-view": name }, t(name === "points" ? "agenda" : name));
    return h(
      "div",
      { class: "register" },
      h("header", { class: "head" }, part("p", "lamp"), part(heading, "title"), part("p", "sub")),
      part("section", "now", { "aria-label": t("where") }),
      part("dl", "facts"),
      part("p", "pin"),
      h(
        "div",
        { class: "columns" },
        h(
          "div",
          { class: "thread" },
          part("div", "views", { role: "group", "aria-label": t("views") }, view("thread"), view("points"), view("votes")),
          part("div", "fresh", {}, part("p", "fresh-state"), part("button", "news", { type: "button", hidden: true })),
          part("div", "log", { role: "log", "aria-live": "off", "aria-label": t("thread-label"), tabindex: "-1" }, newest && edge, entries, !newest && edge),
          part("button", "older", { type: "button", hidden: true }, t("older")),
          part("p", "votes-none", { hidden: true }, t("votes-none")),
        ),
        h(
          "nav",
          { class: "points", "aria-label": t("agenda") },
          part("div", "agenda-frame", { tabindex: "0" }, part("ol", "agenda")),
        ),
      ),
      h("footer", { class: "foot" }, part("button", "announce", { type: "button", hidden: true }, t("announce")), h("a", { href: page, target: "_top" }, t("full"))),
      part("p", "announcer", { class: "sr", "aria-live": "polite" }),
    );
  }

  const PROPERTIES = ["src", "order", "theme", "height"];

  class LiveSession extends HTMLElement {
    static observedAttributes = ["lang", ...PROPERTIES];
    #fallback = h("slot");
    #reader = null;
    #view = null;
    #page = "";

    constructor() {
      super();
      this.attachShadow({ mode: "open" });
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.append(this.#fallback);
    }

    connectedCallback() {
      // A page may have set properties before this script came: they then hide the accessors below.
      for (const name of PROPERTIES)
        if (Object.hasOwn(this, name)) {
          const value = this[name];
          delete this[name];
          this[name] = value;
        }
      if (!this.#reader) this.#begin();
    }

    disconnectedCallback() {
      // Moved in the page, it is back at once and keeps its thread; removed, it lets go.
      queueMicrotask(() => this.isConnected || this.#end());
    }

    attributeChangedCallback(name, before, after) {
      if (before === after || !this.isConnected) return;
      if (name === "src") {
        this.#end();
        this.#begin();
      } else this.#draw();
    }

    #begin() {
      let page;
      try {
        page = new URL(this.src, document.baseURI);
      } catch {
        return;
      }
      if (!this.src || !/^https?:$/.test(page.protocol)) return;
      page.search = page.hash = "";
      this.#page = page.href.replace(/\/+$/, "");
      this.#reader = new live.Reader(this.#page, (event, detail) => this.#heard(event, detail));
      this.#reader.start();
    }

    #end() {
      this.#reader?.stop();
      this.#view?.end();
      this.#view?.root.replaceWith(this.#fallback);
      this.#reader = this.#view = null;
    }

    #heard(event, detail) {
      const { thread, status, heard } = this.#reader;
      if (event === "ready") this.#draw();
      else if (event === "change") this.#view?.change(detail, thread);
      // After a reset the old thread stays on screen, unmixed with the new, until the new one is whole.
      else if (event === "state" && this.#reader.ready) this.#view?.refresh(thread);
      else if (event === "status") this.#view?.showStatus(status, heard);
      this.dispatchEvent(new CustomEvent(`ls-${event}`, { bubbles: true, detail }));
    }

    /** Everything anew, in the language and order asked for. */
    #draw() {
      if (!this.#reader?.ready) return;
      const { thread, status, heard } = this.#reader;
      const t = live.words(live.languageOf(this.getAttribute("lang"), thread.state.language, this.closest("[lang]")?.lang));
      const newest = this.order !== "oldest";
      // The title takes the rank of the one it stands in for.
      const heading = this.querySelector("h1") ? 1 : 2;
      const root = skeleton(t, this.#page, newest, `h${heading}`);
      root.lang = t.language;
      // Both languages of the words run from the left, on whatever page they stand.
      root.dir = "ltr";
      const size = this.height === "full" ? "100%" : parseInt(this.height) && `${parseInt(this.height)}px`;
      if (size) Object.assign(root.style, { blockSize: size, overflow: "auto" });
      this.#view?.end();
      (this.#view?.root ?? this.#fallback).replaceWith(root);
      this.#view = new live.View(root, { builder: new live.Builder({ t, icon, page: this.#page, rank: `h${heading + 1}` }), newest });
      this.#view.status = status;
      this.#view.heard = heard;
      this.#view.show(thread);
      // What is not needed at first comes after it, from where this script came; where it is refused, all else stays.
      const view = this.#view;
      live.later ??= import(new URL(live.address, script ?? `${this.#page}/../..`)).catch(() => {});
      live.later.then(() => view === this.#view && live.enhance?.(view, { element: this, page: this.#page }));
    }
  }

  for (const name of PROPERTIES)
    Object.defineProperty(LiveSession.prototype, name, {
      get() {
        return this.getAttribute(name) ?? "";
      },
      set(value) {
        this.setAttribute(name, value);
      },
    });

  customElements.define("live-session", LiveSession);
})();
