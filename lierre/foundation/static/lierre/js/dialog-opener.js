/* A link to a <dialog> opens it above the page. Without JavaScript the link leads to the dialog, shown where it is aimed at. */
class DialogOpener extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog");
    const opener = this.querySelector(`a[href="#${dialog.id}"]`);
    opener.role = "button";
    opener.ariaHasPopup = "dialog";
    opener.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); opener.click(); } });
    opener.addEventListener("click", (event) => { event.preventDefault(); dialog.showModal(); });
    dialog.addEventListener("click", (event) => {
      const leaves = event.target.closest(`a[href="#${opener.id}"]`);
      if (!leaves && event.target !== dialog) return;
      event.preventDefault();
      dialog.close();
    });
  }
}
customElements.define("dialog-opener", DialogOpener);
