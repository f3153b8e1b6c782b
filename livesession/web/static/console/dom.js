/** Building elements. Everything a person typed goes through text nodes: nothing here parses markup. */

import { page } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `properties` are attributes, but for `on` (listeners) and `data` (data-*);
 * null, undefined and false leave an attribute out. Children are nodes or strings; empty ones are skipped.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** An icon of the sprite, as decoration beside a word. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("width", "20");
  svg.setAttribute("height", "20");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${page.icons}#${name}`);
  svg.append(use);
  return svg;
}

/** A button with a word, and before it an icon where one is named. */
export function button(label, { iconName, key, onclick, ...properties } = {}) {
  return h(
    "button",
    { type: "button", ...properties, on: onclick ? { click: onclick } : undefined },
    iconName ? icon(iconName) : null,
    h("span", {}, label),
    key ? h("kbd", {}, key) : null,
  );
}

/** Replace what an element holds, but only where it differs: a screen reader is not told the same thing twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export const byId = (id) => document.getElementById(id);
