/** The page's own keys. Browsers' and screen readers' stay theirs (see the keyboard map in docs/clerk.md). */

import { layerOpen } from "./layer.js";

/** `commands` are called by name; those missing (an account that only reads) are let through. */
export function listen(commands) {
  document.addEventListener("keydown", (event) => {
    const name = commandOf(event, commands.isComposerEmpty);
    // F4 works over everything: closing the doors waits for no layer.
    if (!name || !commands[name] || (layerOpen() && name !== "doors") || event.defaultPrevented) return;
    // F4 is Edge's, F9 others': prevented even while the key is held down.
    event.preventDefault();
    if (!event.repeat) commands[name]();
  });
  document.addEventListener("keyup", ({ key }) => key === "F4" && commands.doorsLetGo?.());
}

function commandOf(event, isComposerEmpty) {
  const { key, shiftKey, altKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (altKey) return null;
  if (command && !shiftKey && key.toLowerCase() === "k") return "palette";
  if (command) return key === "Enter" && !shiftKey ? "publish" : null;
  if (key === "F8") return shiftKey ? "previousItem" : "nextItem";
  if (shiftKey) return null;
  if (key === "F2") return "takeBack";
  if (key === "Escape") return "escape";
  if (key === "F4") return "doors";
  if (key === "F9") return "vote";
  if (key === "ArrowUp" && isComposerEmpty?.()) return "correctLast";
  return null;
}
