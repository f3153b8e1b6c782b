/** How often each group was written of, quoted and heard: for the clerk alone, asked for when looked at. */

import { call, sittingPath } from "./api.js";
import { h } from "./dom.js";
import { t } from "./page.js";

const panel = document.getElementById("fairness");

async function show() {
  const body = panel.querySelector("[data-part=counts]");
  try {
    const { groups } = await call("GET", `${sittingPath}/counts`);
    const head = ["fairness-group", "fairness-posts", "fairness-quotes", "fairness-speeches"];
    body.replaceChildren(
      groups.length
        ? h(
            "table",
            {},
            h("thead", {}, h("tr", {}, ...head.map((id) => h("th", { scope: "col" }, t(id))))),
            h(
              "tbody",
              {},
              ...groups.map((group) =>
                h("tr", {}, h("th", { scope: "row", title: group.name }, `${group.short} (${group.members})`), ...["posts", "quotes", "speeches"].map((name) => h("td", {}, String(group[name])))),
              ),
            ),
          )
        : h("p", { class: "note" }, t("fairness-none")),
    );
  } catch {
    body.replaceChildren(h("p", { class: "note" }, t("fairness-no-answer")));
  }
}

panel?.addEventListener("toggle", () => panel.open && show());
document.addEventListener("livesession:entries", () => panel?.open && show());
