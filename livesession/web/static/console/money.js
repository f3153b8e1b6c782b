/** Amounts, which the server counts in thousandths of a dollar. */

import { page } from "./page.js";

/** « 1,38 $ »; with what is below a cent only where the amount is so small that it is what matters. */
export function dollars(thousandths) {
  const digits = thousandths % 10 && thousandths < 1000 ? 3 : 2;
  const written = new Intl.NumberFormat(page.language, {
    style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", minimumFractionDigits: digits, maximumFractionDigits: digits,
  });
  // The font has no narrow space.
  return written.format(thousandths / 1000).replaceAll("\u202f", "\u00a0");
}
