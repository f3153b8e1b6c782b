/* <live-session src="https://…/s/slug" lang order theme>: the life of the element, and nothing else.
   What stands between its tags is shown until the sitting is there. */
(() => {
  "use strict";
  const live = globalThis[Symbol.for("livesession")];
  if (!globalThis.customElements || customElements.get("live-session")) return;
  const { h } = live;

  /* lucide-static (ISC): the few icons of the widget. A sprite's address, a host's policy may forbid. */
  const ICONS = {
    check: [["path", { d: "M20 6 9 17l-5-5" }]],
    circle: [["circle", { cx: "12", cy: "12", r: "10" }]],
    clock: [["circle", { cx: "12", cy: "12", r: "10" }], ["path", { d: "M12 6v6l4 2" }]],
    lock: [["rect", { width: "18", height: "11", x: "3", y: "11", rx: "2" }], ["path", { d: "M7 11V7a5 5 0 0 1 10 0v4" }]],
    pin: [
      ["path", { d: "M12 17v5" }],
      [
        "path",
        {
          d: "M9 10.76a2 2 0 0 1-1.11 1.79l-1.78.9A2 2 0 0 0 5 15.24V16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-.76a2 2 0 0 0-1.11-1.79l-1.78-.9A2 2 0 0 1 15 10.76V7a1 1 0 0 1 1-1 2 2 0 0 0 0-4H8a2 2 0 0 0 0 4 1 1 0 0 1 1 1z",
        },
      ],
    ],
    play: [["path", { d: "M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z" }]],
  };

  const icon = (name) =>
    h("svg", { class: "icon", viewBox: "0 0 24 24", width: "20", height: "20", "aria-hidden": "true" }, ICONS[name].map(([tag, shape]) => h(tag, shape)));

  let sheet = null;

  function dress(root) {
    try {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(live.css);
      }
      root.adoptedStyleSheets = [sheet];
    } catch {
      // Safari before 16.4 has no style sheets of a tree's own; a host's strict policy would refuse this one there.
      root.append(h("style", {}, live.css));
    }
  }

  function skeleton(t, page, newest) {
    const part = (tag, name, attributes = {}, ...children) => h(tag, { class: name, "data-part": name, ...attributes }, ...children);
    const edge = part("div", "edge");
    const entries = part("ol", "entries");
    const view = (name) => h("button", { type: "button", "data-view": name }, t(name === "points" ? "agenda" : name));
    return h(
      "div",
      { class: "register" },
      h("header", { class: "head" }, part("p", "lamp"), part("h2", "title"), part("p", "sub")),
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
          part("p", "votes-none", { hidden: true }, t("votes-none")),
        ),
        h(
          "nav",
          { class: "points", "aria-label": t("agenda") },
          part("div", "agenda-frame", { tabindex: "0" }, part("ol", "agenda")),
        ),
      ),
      h("footer", { class: "foot" }, part("button", "announce", { type: "button" }, t("announce")), h("a", { href: page, target: "_top" }, t("full"))),
      part("p", "announcer", { class: "sr", "aria-live": "polite" }),
    );
  }

  class LiveSession extends HTMLElement {
    static observedAttributes = ["src", "lang", "order"];
    #fallback = h("slot");
    #reader = null;
    #view = null;
    #page = "";

    constructor() {
      super();
      this.attachShadow({ mode: "open" });
      dress(this.shadowRoot);
      this.shadowRoot.append(this.#fallback);
    }

    connectedCallback() {
      // A page may have set properties before this script came: they then hide the accessors below.
      for (const name of ["src", "order", "theme"])
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
    }

    /** Everything anew, in the language and order asked for. */
    #draw() {
      if (!this.#reader?.ready) return;
      const { thread, status, heard } = this.#reader;
      const t = live.words(live.languageOf(this.getAttribute("lang"), thread.state.language, this.closest("[lang]")?.lang));
      const newest = this.order !== "oldest";
      const root = skeleton(t, this.#page, newest);
      root.lang = t.language;
      this.#view?.end();
      (this.#view?.root ?? this.#fallback).replaceWith(root);
      this.#view = new live.View(root, { builder: new live.Builder({ t, icon, page: this.#page }), newest });
      this.#view.status = status;
      this.#view.heard = heard;
      this.#view.show(thread);
    }
  }

  for (const name of ["src", "order", "theme"])
    Object.defineProperty(LiveSession.prototype, name, {
      get() {
        return this.getAttribute(name) ?? "";
      },
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, value);
      },
      configurable: true,
      enumerable: true,
    });

  customElements.define("live-session", LiveSession);
})();
