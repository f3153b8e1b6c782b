/* The choices take effect as they are made: the server is asked for the code and the attributes of the preview, so that
   what is pasted is written in one place. Without this script the button does the same. */
const form = document.getElementById("choices");
const PAUSE_MS = 250;
let asked = 0;
let waiting = 0;

const colours = new CSSStyleSheet();
document.adoptedStyleSheets.push(colours);

/** The preview wears what the code says. */
function dress() {
  colours.replaceSync(/<style>([^<]*)<\/style>/.exec(document.getElementById("code").value)?.[1] ?? "");
}

/** The widget that stands takes what was chosen; another sitting is another widget. */
function show({ title, widget }) {
  const preview = document.getElementById("preview");
  let element = preview.querySelector("live-session");
  if (element.getAttribute("src") !== widget.src) {
    const link = document.createElement("a");
    link.href = widget.src;
    link.textContent = title;
    element = document.createElement("live-session");
    element.append(link);
  }
  for (const [name, value] of Object.entries(widget)) {
    if (value) element.setAttribute(name, value);
    else element.removeAttribute(name);
  }
  if (!element.isConnected) preview.replaceChildren(element);
}

async function make() {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const mine = (asked += 1);
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || answer.redirected || mine !== asked) return;
  const made = await answer.json();
  if (mine !== asked) return;
  document.getElementById("code").value = made.code;
  document.getElementById("code-name").textContent = made.name;
  document.getElementById("code-note").textContent = made.note;
  document.getElementById("copied").textContent = "";
  const refused = document.getElementById("refused");
  refused.textContent = made.refused;
  refused.hidden = !made.refused;
  dress();
  show(made);
  history.replaceState(null, "", address);
}

function offer() {
  const button = document.getElementById("copy");
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const code = document.getElementById("code");
    code.select();
    try {
      await navigator.clipboard.writeText(code.value);
      document.getElementById("copied").textContent = button.dataset.said;
    } catch {
      // Refused: what is to be copied stands selected.
    }
  });
}

if (form) {
  dress();
  offer();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(make, PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });
}
