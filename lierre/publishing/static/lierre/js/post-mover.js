/* Moves a post of the calendar to another day: dragged, or with Alt and an arrow. It only fills in the form of the page. */
class PostMover extends HTMLElement {
  connectedCallback() {
    const place = this.closest("main");
    place.addEventListener("dragstart", (event) => {
      const slot = event.target.closest("[data-post]");
      if (slot) event.dataTransfer.setData("text/x-post", slot.dataset.post);
    });
    place.addEventListener("dragover", (event) => {
      if (event.target.closest("[data-date]") && event.dataTransfer.types.includes("text/x-post")) event.preventDefault();
    });
    place.addEventListener("drop", (event) => {
      const day = event.target.closest("[data-date]"), post = event.dataTransfer.getData("text/x-post");
      if (day && post) { event.preventDefault(); this.move(post, day.dataset.date); }
    });
    place.addEventListener("keydown", (event) => {
      const slot = event.target.closest?.("[data-post]"), day = slot?.closest("[data-date]");
      const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
      if (!day || !days || !event.altKey) return;
      event.preventDefault();
      const date = new Date(`${day.dataset.date}T12:00:00Z`);
      date.setUTCDate(date.getUTCDate() + days);
      this.move(slot.dataset.post, date.toISOString().slice(0, 10));
    });
    const named = location.hash.startsWith("#p") && document.getElementById(location.hash.slice(1));
    if (named) { named.focus(); this.say(); }
  }
  /* What stood in the page from the start is read by nobody: it is said again once the page is there. */
  say() {
    const told = document.querySelector("main .notice")?.textContent.trim(), region = this.querySelector("[role=status]");
    if (told) setTimeout(() => { region.textContent = told; }, 150);
  }
  move(post, day) {
    const form = this.querySelector("form");
    form.elements.post.value = post;
    form.elements.day.value = day;
    form.submit();
  }
}
customElements.define("post-mover", PostMover);
