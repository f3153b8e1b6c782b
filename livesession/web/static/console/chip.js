/** What became of an entry on the networks, in two words. */

import { h, icon } from "./dom.js";
import { colon, page, t, tn } from "./page.js";

const TO_REVIEW = new Set(["failed", "given up"]);
const UNDER_WAY = new Set(["waiting", "sending"]);

export const isToReview = (delivery) => TO_REVIEW.has(delivery.state);
export const isUnderWay = (delivery) => UNDER_WAY.has(delivery.state);
export const mayDecide = (delivery) => page.mayReview && (isToReview(delivery) || delivery.state === "withheld");

export const STATE_ICON = {
  waiting: "clock",
  sending: "clock",
  sent: "check",
  failed: "triangle-alert",
  "given up": "triangle-alert",
  withheld: "lock",
};

/** The words of a delivery's state; their ids have dashes where the state has a space. */
export const stateWords = (delivery) => t(`delivery-${delivery.state.replace(" ", "-")}`);

/** The chip of a public entry: « partout », or the exception, which opens the review. */
export function deliveryChip(row, deliveries, onReview) {
  if (row.closed) return chip("closed", "lock", t("restricted-record"));
  const review = deliveries.filter(isToReview);
  if (review.length) {
    const words = review.length === 1 ? exception(review[0], stateWords(review[0])) : tn("chip-review", review.length);
    return reviewing("fail", "triangle-alert", words, row, onReview);
  }
  const withheld = deliveries.filter((delivery) => delivery.state === "withheld");
  if (withheld.length) return reviewing("closed", "lock", exception(withheld[0], stateWords(withheld[0])), row, onReview);
  const underWay = deliveries.filter(isUnderWay);
  if (underWay.length) {
    const words = underWay.length === 1 ? exception(underWay[0], stateWords(underWay[0])) : tn("chip-waiting", underWay.length);
    return reviewing("wait", "clock", words, row, onReview);
  }
  if (!deliveries.length) return chip("ok", "check", t("chip-page"));
  return reviewing("ok", "check", t("chip-everywhere"), row, onReview);
}

function exception(delivery, words) {
  return `${delivery.channel_name}${colon}${words}`;
}

function chip(tone, iconName, words) {
  return h("span", { class: `chip ${tone}` }, icon(iconName), h("span", {}, words));
}

function reviewing(tone, iconName, words, row, onReview) {
  return h(
    "button",
    { type: "button", class: `chip ${tone}`, "aria-haspopup": "dialog", data: { act: "review" }, on: { click: () => onReview(row) } },
    icon(iconName),
    h("span", {}, words),
  );
}
