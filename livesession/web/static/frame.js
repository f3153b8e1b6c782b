/* For a page that frames a sitting: its frame grows and shrinks with what it holds. */

addEventListener("message", ({ source, origin, data }) => {
  if (data?.type !== "livesession:height" || !Number.isFinite(data.height)) return;
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source && new URL(frame.src, document.baseURI).origin === origin)
      frame.style.height = `${Math.min(Math.max(data.height, 100), 100_000)}px`;
});
