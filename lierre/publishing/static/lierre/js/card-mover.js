/* Moves a card of the board to another column: dragged, or with Alt and an arrow. It only fills in the form of the page. */
class CardMover extends HTMLElement {
  connectedCallback() {
    const place = this.closest("main"), columns = () => [...place.querySelectorAll("[data-column]")];
    place.addEventListener("dragstart", (event) => {
      const card = event.target.closest("[data-card]");
      if (card) event.dataTransfer.setData("text/x-card", card.id);
    });
    place.addEventListener("dragover", (event) => {
      if (event.target.closest("[data-column]") && event.dataTransfer.types.includes("text/x-card")) event.preventDefault();
    });
    place.addEventListener("drop", (event) => {
      const column = event.target.closest("[data-column]"), card = document.getElementById(event.dataTransfer.getData("text/x-card"));
      if (column && card) { event.preventDefault(); this.move(card, column); }
    });
    place.addEventListener("keydown", (event) => {
      const card = event.target.closest?.("[data-card]"), step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!card || !step || !event.altKey) return;
      event.preventDefault();
      const every = columns(), column = every[every.indexOf(card.closest("[data-column]")) + step];
      if (column) this.move(card, column);
    });
    const named = location.hash.startsWith("#p") && document.getElementById(location.hash.slice(1));
    if (named) { named.focus(); this.say(); }
  }
  /* What stood in the page from the start is read by nobody: it is said again once the page is there. */
  say() {
    const told = document.querySelector("main .notice")?.textContent.trim(), region = this.querySelector("[role=status]");
    if (told) setTimeout(() => { region.textContent = told; }, 150);
  }
  move(card, column) {
    if (card.closest("[data-column]") === column) return;
    const form = this.querySelector("form");
    form.elements.post.value = card.dataset.card;
    form.elements.version.value = card.dataset.version;
    form.elements.to.value = column.dataset.column;
    form.submit();
  }
}
customElements.define("card-mover", CardMover);
