/** On a phone, one part at a time: points, thread, vote, room. Wider, everything stands side by side. */

const buttons = [...document.querySelectorAll("#tabs button")];
let reactions = {};

/** `onshow` has what to do as a part is shown. */
export function tabs(onshow) {
  reactions = onshow;
  for (const button of buttons) button.addEventListener("click", () => showTab(button.dataset.tab));
}

export function showTab(name) {
  if (document.body.dataset.tab === name) return;
  document.body.dataset.tab = name;
  for (const button of buttons) {
    if (button.dataset.tab === name) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  document.getElementById("room-toggle").setAttribute("aria-expanded", String(name === "room"));
  reactions[name]?.();
}
