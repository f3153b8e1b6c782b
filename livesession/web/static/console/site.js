/* The choices take effect as they are made: the page is asked for anew and its code and preview are taken from it,
   so that what is pasted is written in one place. Without this script the button does the same. */
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

/** The widget that stands takes what the new one says; another sitting is another widget. */
function show(next) {
  const preview = document.getElementById("preview");
  const [old, fresh] = [preview, next].map((place) => place.querySelector("live-session"));
  if (old.getAttribute("src") !== fresh.getAttribute("src")) preview.replaceChildren(document.importNode(fresh, true));
  else
    for (const name of ["lang", "theme", "order", "height"]) {
      if (fresh.hasAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
      else old.removeAttribute(name);
    }
  dress();
}

async function make() {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  const mine = (asked += 1);
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok || answer.redirected || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  document.getElementById("result").replaceChildren(...page.getElementById("result").childNodes);
  show(page.getElementById("preview"));
  history.replaceState(null, "", address);
  offer();
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
