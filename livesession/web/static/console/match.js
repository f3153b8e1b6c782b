/** Finding what somebody types of: accents and case ignored, words in any order, a letter left out forgiven. */

/** A text as it is compared, letter for letter in the same places, so that what was found can be marked. */
export function fold(text) {
  return [...text].map((letter) => letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace("œ", "o").replace("æ", "a").replace(/[’ʼ]/, "'")[0] ?? " ").join("");
}

/** The words of what was typed. */
export const wordsOf = (query) => fold(query).split(/[\s,;:]+/).filter(Boolean);

/**
 * How well `text` answers `words` (of wordsOf): {score, marks}, marks being the places [from, to) that were found;
 * null where a word is not in it at all.
 */
export function match(words, text) {
  const letters = fold(text);
  const marks = [];
  let score = 0;
  for (const word of words) {
    const found = place(word, letters);
    if (!found) return null;
    score += found.score;
    marks.push(found.mark);
  }
  // Of two that answer alike the shorter says more of what was typed.
  return { score: score - letters.length / 1000, marks };
}

function place(word, letters) {
  if (letters.startsWith(word)) return { score: 100, mark: [0, word.length] };
  let at = letters.indexOf(word);
  while (at > 0) {
    if (!/[\p{L}\p{N}]/u.test(letters[at - 1])) return { score: 60, mark: [at, at + word.length] };
    at = letters.indexOf(word, at + 1);
  }
  at = letters.indexOf(word);
  if (at >= 0 && word.length > 1) return { score: 20, mark: [at, at + word.length] };
  return word.length > 2 ? nearly(word, letters) : null;
}

/** A word that begins alike and has the same letters in the same order, some left out. */
function nearly(word, letters) {
  for (const { 0: whole, index } of letters.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (whole[0] !== word[0] || whole.length > word.length * 3) continue;
    let at = 0;
    for (const letter of whole) if (letter === word[at]) at += 1;
    if (at === word.length) return { score: 5, mark: [index, index + whole.length] };
  }
  return null;
}

/** The digits' row of an AZERTY keyboard without Shift, on PC and on Mac. */
const ROW = { "&": "1", "é": "2", '"': "3", "'": "4", "(": "5", "-": "6", "§": "6", "è": "7", _: "8", "!": "8", "ç": "9", "à": "0" };

/** A number as typed, also on the AZERTY row without Shift; null for anything else. */
export function numberOf(text) {
  const digits = [...text.trim()].map((letter) => ROW[letter] ?? letter).join("");
  return /^\d{1,5}$/.test(digits) ? Number(digits) : null;
}
