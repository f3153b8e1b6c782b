/** Images of a text: sent in as they are chosen, each with the words for whoever does not see it, which are required. */

import { call, NoAnswer, Refusal, sittingPath } from "./api.js";
import { byId, button, h, say } from "./dom.js";
import { complain, field } from "./layer.js";
import { t } from "./page.js";

const MOST = 4;
const MOST_WORDS = 1_000;

export class Pictures {
  #changed;
  #list = byId("pictures");
  #file = byId("picture-file");
  #told = byId("picture-told");
  /** {id, alt}, in the order in which they are shown. */
  #held = [];
  #fields = new Map();

  constructor(changed) {
    this.#changed = changed;
    byId("picture").addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => this.#send());
  }

  get data() {
    return this.#held.map(({ id, alt }) => ({ id, alt }));
  }

  set data(media) {
    this.#held = (media ?? []).map(({ id, alt }) => ({ id, alt: alt ?? "" }));
    this.#draw();
  }

  get isEmpty() {
    return !this.#held.length;
  }

  /** The words that are missing are asked for where they belong: true where nothing is. */
  check() {
    for (const { id, alt } of this.#held) {
      const sentence = !alt.trim() ? t("picture-words-needed") : [...alt].length > MOST_WORDS ? t("text-too-long", { n: [...alt].length, total: MOST_WORDS }) : "";
      if (!complain(this.#fields.get(id), sentence)) return false;
    }
    return true;
  }

  async #send() {
    const [file] = this.#file.files;
    this.#file.value = "";
    if (!file) return;
    if (this.#held.length >= MOST) return say(this.#told, t("picture-many", { n: MOST }));
    say(this.#told, t("picture-sending"));
    const form = new FormData();
    form.append("file", file);
    try {
      const { id } = await call("POST", `${sittingPath}/media`, form);
      if (!this.#held.some((each) => each.id === id)) this.#held.push({ id, alt: "" });
      say(this.#told, "");
      this.#draw();
      this.#fields.get(id).focus();
      this.#changed();
    } catch (error) {
      if (error instanceof Refusal) say(this.#told, error.lines.join(" "));
      else if (error instanceof NoAnswer) say(this.#told, t("picture-no-line"));
      else throw error;
    }
  }

  #draw() {
    this.#fields.clear();
    this.#list.hidden = !this.#held.length;
    this.#list.replaceChildren(...this.#held.map((each, place) => this.#card(each, place + 1)));
  }

  #card(held, place) {
    const words = h("input", { type: "text", autocomplete: "off", required: true });
    words.value = held.alt;
    words.addEventListener("input", () => {
      held.alt = words.value;
      complain(words, "");
      this.#changed();
    });
    const away = () => {
      this.#held = this.#held.filter((each) => each !== held);
      this.#draw();
      this.#changed();
      byId("picture").focus();
    };
    const card = h("li", { class: "picture" },
      h("img", { src: `${sittingPath}/media/${held.id}`, alt: t("picture-number", { n: place }), width: "64", height: "64" }),
      field(t("picture-words"), words, t("picture-words-note")),
      button(t("picture-remove"), { iconName: "x", class: "quiet", "aria-label": t("picture-remove-number", { n: place }), onclick: away }));
    this.#fields.set(held.id, words);
    return card;
  }
}
