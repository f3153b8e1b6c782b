/* The addresses of the overlays at one press; without this script they are selected and copied by hand. */
const said = document.querySelector(".copied");

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.said;
    } catch {
      // Refused: what is to be copied stands selected.
    }
  });
}
