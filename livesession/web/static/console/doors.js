/** The doors: one key closes them at once; opening them again is never one touch. */

import { h } from "./dom.js";
import { layerOpen, openLayer } from "./layer.js";
import { t } from "./page.js";

/** How long the key is held down to open the doors without a question, in milliseconds. */
const HOLD_TO_OPEN = 1_000;

export class Doors {
  #register;
  #seen;
  #send;
  #closing;
  #holding = null;

  /** `seen()` is the sitting as the clerk sees it; `closing()` freezes what has not left yet. */
  constructor(register, seen, send, closing) {
    this.#register = register;
    this.#seen = seen;
    this.#send = send;
    this.#closing = closing;
    // A key let go over another window is not told here: nothing must open by that.
    window.addEventListener("blur", () => this.#forget());
  }

  /** By a button: closing asks nothing, opening asks. */
  turn() {
    const seen = this.#seen();
    if (!this.#canTurn(seen)) return;
    if (seen.closedPart) {
      if (!layerOpen()) this.#ask();
      return;
    }
    this.#closing();
    this.#send("closed_part.begun", { urgent: true });
  }

  /** By the key: as the button, but held down for a second it opens without a question. */
  keyDown() {
    const seen = this.#seen();
    if (!seen.closedPart || layerOpen() || !this.#canTurn(seen)) {
      this.turn();
      return;
    }
    this.#forget();
    this.#holding = setTimeout(() => {
      this.#holding = null;
      if (this.#seen().closedPart && this.#register.state.public !== false) this.#send("closed_part.ended");
    }, HOLD_TO_OPEN);
  }

  keyUp() {
    if (this.#holding === null) return;
    this.#forget();
    this.turn();
  }

  #canTurn({ status }) {
    return (status === "open" || status === "suspended") && this.#register.state.public !== false;
  }

  #forget() {
    clearTimeout(this.#holding);
    this.#holding = null;
  }

  #ask() {
    openLayer({
      title: t("reopen-title"),
      body: [h("p", {}, t("reopen-explain"))],
      confirm: { label: t("reopen-doors"), iconName: "eye", run: () => (this.#send("closed_part.ended"), true) },
    });
  }
}
