/** The list of sittings: a new one from a file, with everything odd that was found in it. */

import { call, NoAnswer, Refusal } from "./api.js";
import { byId, h } from "./dom.js";
import { install } from "./install.js";
import { waitingIn } from "./kept.js";
import { page, t, tn } from "./page.js";
import { Store } from "./store.js";

const form = byId("create");
const report = byId("report");

install();
showWaiting().catch(() => undefined);

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const file = form.elements.file.files[0];
  if (!file) {
    show("fail", t("choose-file"), []);
    form.elements.file.focus();
    return;
  }
  const body = new FormData();
  body.append("file", file, file.name);
  form.elements.send.disabled = true;
  show("", t("reading-file"), []);
  try {
    const created = await call("POST", form.elements.rehearsal?.checked ? "/api/v1/sittings?rehearsal=1" : "/api/v1/sittings", body);
    const links = created.slugs.map((slug) => h("li", {}, h("a", { href: `/console/s/${slug}` }, t("open-console-of", { name: slug }))));
    const oddities = created.problems ?? [];
    show("ok", tn("created", created.slugs.length), links, oddities.length ? tn("oddities", oddities.length) : t("no-oddities"), oddities.map(({ detail }) => detail));
    form.reset();
  } catch (error) {
    if (error instanceof Refusal) show("fail", t("not-created"), [], "", error.lines);
    else if (error instanceof NoAnswer) show("fail", t("no-answer-create"), []);
    else throw error;
  } finally {
    form.elements.send.disabled = false;
  }
});

function show(tone, head, links, found = "", lines = []) {
  report.className = `report ${tone}`;
  report.hidden = false;
  report.replaceChildren(
    h("p", { class: "report-head" }, head),
    links.length ? h("ul", { class: "report-links" }, ...links) : "",
    found ? h("p", {}, found) : "",
    lines.length ? h("ol", { class: "report-lines" }, ...lines.map((line) => h("li", {}, line))) : "",
  );
}

/** What this account wrote and has not sent: said beside the sitting that must be opened for it to leave. */
async function showWaiting() {
  for (const { own, sitting, n } of await waitingIn(await Store.open(), page.account.id)) {
    const link = own && document.querySelector(`[data-sitting="${sitting}"]`);
    if (link) link.append(h("strong", { class: "note" }, tn("waits-here", n)));
  }
}
