/** What the page was given by the server: who looks, at which sitting, in which words. Read once. */

export const page = Object.freeze(JSON.parse(document.getElementById("console-data").textContent));

const plural = new Intl.PluralRules(page.language);

/** The sentence `id`, its `{name}` places filled from `values`. A missing sentence is a mistake of ours: it throws. */
export function t(id, values = {}) {
  const sentence = page.words[id];
  if (sentence === undefined) throw new Error(`no words for ${id}`);
  return sentence.replace(/\{([a-z]+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** The sentence `id-one` or `id-other`, as the language counts `n`. */
export function tn(id, n, values = {}) {
  return t(`${id}-${plural.select(n) === "one" ? "one" : "other"}`, { n, ...values });
}

/** What stands between a name and what is said of it, and around words that are quoted, as the language has it. */
export const [colon, semicolon] = page.language === "fr" ? ["\u00a0: ", "\u00a0; "] : [": ", "; "];
export const quoted = (text) => (page.language === "fr" ? `«\u00a0${text}\u00a0»` : `“${text}”`);
