/* Go anywhere, find anyone: `/` or Ctrl-K. Without JavaScript the magnifying glass leads to a page that does the same. */
class CommandPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.opener = document.getElementById(this.getAttribute("opener"));
    this.opener?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open();
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    document.addEventListener("keydown", (event) => this.press(event));
    // A key alone can be pressed by a voice or a tremor: whoever wishes turns it off.
    this.slash = this.querySelector("input[type=checkbox]");
    this.slash.checked = localStorage.getItem("slash") !== "off";
    this.slash.addEventListener("change", () => localStorage.setItem("slash", this.slash.checked ? "on" : "off"));
  }

  press(event) {
    const asked = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && this.slash.checked && !isWriting(event.target));
    if (!asked || event.altKey || document.querySelector("dialog:modal")) return;
    event.preventDefault();
    this.open();
  }

  open() {
    this.dialog.showModal();
    this.input.select();
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function isWriting(element) { return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName); }
customElements.define("command-palette", CommandPalette);
