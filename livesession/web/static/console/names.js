/** Names of people who do not sit in the assembly: asked about once, before they become public (GDPR art. 5, CNIL). */

import { byId, say } from "./dom.js";
import { fold } from "./match.js";
import { t, tn } from "./page.js";

/** What people are called by, before a name. Without one a name is not told from a place or a title. */
const ONE = String.raw`(?:M\.|Mme|Mlle|Monsieur|Madame|Mademoiselle|Me|Maître|Dr|Docteur|Pr|Mr\.?|Mrs\.?|Ms\.?)`;
const SEVERAL = String.raw`(?:MM\.|Mmes|Mlles|Messieurs|Mesdames)`;
const WORD = String.raw`\p{Lu}(?:\.|[\p{L}’'-]*)`;
const NAME = String.raw`(?:d[’'])?${WORD}(?:[ \u00a0](?:(?:de|du|des|la|le|van|von)[ \u00a0]|d[’'])*${WORD}){0,3}`;
const NAMED = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${ONE}[ \u00a0](?:du?e?[ \u00a0])?(${NAME})|${SEVERAL}[ \u00a0](${NAME}(?:(?:,| et| and)[ \u00a0](?!${ONE}[ \u00a0])${NAME})*))`, "gu");
const BETWEEN = /(?:,| et| and)[ \u00a0]/u;
/** Parts of names by which nobody is told from another. */
const PARTICLES = new Set(["d", "de", "du", "des", "la", "le", "van", "von"]);

/** The names in a text that follow « M. », « Mme » and the like, as they were typed. */
export function namesIn(text) {
  return [...text.matchAll(NAMED)].flatMap(([, one, several]) => (one ? [one] : several.split(BETWEEN))).map((name) => name.replace(/\.$/, ""));
}

/** Whether a person's words are all found in the name of somebody known: « Mme Valdruche » in « Claire Valdruche ». */
function isOf(name, known) {
  const there = new Set(wordsIn(known));
  return wordsIn(name).every((word) => there.has(word) || (word.length === 1 && [...there].some((each) => each[0] === word)));
}

const wordsIn = (name) => fold(name).split(/[^\p{L}]+/u).filter((word) => word && !PARTICLES.has(word));

export class Names {
  #register;
  #people;
  #kept;
  /** What the clerk is looking at now: the same gesture again is the answer. */
  #asking = "";
  #told = byId("composer-name");

  constructor(register, people, kept) {
    this.#register = register;
    this.#people = people;
    this.#kept = kept;
    byId("composer-text")?.addEventListener("input", () => this.#hide());
  }

  /** Whether a text may go out; where it may not yet, the question stands above the button. */
  let(text) {
    const question = this.question(text);
    say(this.#told, question);
    this.#told.hidden = !question;
    return !question;
  }

  /** What is to be asked about a text before it goes out; nothing where it names no stranger, or the second time. */
  question(text) {
    const strangers = this.#strangers(text);
    if (!strangers.length) return "";
    const asking = strangers.join("\n");
    if (asking === this.#asking) {
      this.#asking = "";
      this.#kept.write("named", [...this.#answered, ...strangers.map(fold)]);
      return "";
    }
    this.#asking = asking;
    return tn("stranger", strangers.length, { name: strangers.join(", ") });
  }

  #hide() {
    this.#asking = "";
    this.#told.hidden = true;
  }

  get #answered() {
    return this.#kept.read("named", []);
  }

  /** Without a list of members nobody is a stranger: each name would be asked about. */
  #strangers(text) {
    if (!this.#people.members.length) return [];
    const { state, items, rows } = this.#register;
    const known = [...this.#people.members.map(({ name }) => name), ...items.map(({ rapporteur }) => rapporteur ?? ""), state.president?.name ?? "", ...(state.secretaries ?? []).map(({ name }) => name)];
    const answered = new Set(this.#answered);
    const published = (name) => rows.some((row) => row.pos !== null && !row.retracted && this.#register.textOf(row)?.includes(name));
    return [...new Set(namesIn(text))].filter((name) => !answered.has(fold(name)) && !known.some((each) => isOf(name, each)) && !published(name));
  }
}
