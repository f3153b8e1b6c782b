/* What a technician may change of an overlay by its address, without a file:

   ?accent= ?ground= ?ink=   colours, six hexadecimal digits; what is written on them stays readable by itself
   ?font=                    a font that the machine has
   ?scale=                   0.6 to 1.25
   ?edge=top|bottom ?side=start|end   where the card or the bar lies
   ?theme=name               the style sheet themes/name/theme.css beside the overlays */
(() => {
  "use strict";

  const [SMALLEST, LARGEST] = [0.6, 1.25];
  const [DARK, LIGHT] = ["#14181c", "#ffffff"];

  const asked = new URLSearchParams(location.search);
  const root = document.documentElement;

  const colour = (name) => {
    const found = /^#?([0-9a-f]{6})$/i.exec(asked.get(name) ?? "");
    return found ? `#${found[1].toLowerCase()}` : null;
  };
  const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const luminance = (hex) => {
    const [r, g, b] = channels(hex).map((value) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const readable = (ground) => (contrast(ground, LIGHT) >= contrast(ground, DARK) ? LIGHT : DARK);
  const between = (one, other, share) => {
    const mixed = channels(one).map((value, at) => Math.round(value * share + channels(other)[at] * (1 - share)));
    return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  };
  const set = (name, value) => root.style.setProperty(name, value);

  function colours() {
    const [accent, ground, wished] = [colour("accent"), colour("ground"), colour("ink")];
    if (accent) {
      set("--fill", accent);
      set("--on-fill", readable(accent));
    }
    if (!ground && !wished) return;
    const under = ground ?? DARK;
    const ink = wished && contrast(wished, under) >= 4.5 ? wished : readable(under);
    set("--ground", under);
    set("--ink", ink);
    set("--ink-2", contrast(between(ink, under, 0.8), under) >= 4.5 ? between(ink, under, 0.8) : ink);
    set("--line", between(ink, under, 0.25));
  }

  colours();
  const font = asked.get("font");
  if (font && /^[\p{L}\p{N} _-]{1,60}$/u.test(font)) set("--font", `"${font}", system-ui, sans-serif`);
  const scale = Number(asked.get("scale"));
  if (scale) set("--scale", String(Math.min(LARGEST, Math.max(SMALLEST, scale))));
  for (const name of ["edge", "side"]) if (/^(top|bottom|start|end)$/.test(asked.get(name) ?? "")) root.dataset[name] = asked.get(name);
  const theme = asked.get("theme");
  if (theme && /^[a-z0-9][a-z0-9-]*$/.test(theme)) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.dataset.theme = theme;
    link.href = `../themes/${theme}/theme.css`;
    document.head.append(link);
  }
})();
