/* Copies what its `for` shows. Without JavaScript it is not there, since it could do nothing. */
class CopyButton extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", async () => {
      const source = document.getElementById(this.getAttribute("for"));
      const text = source.value ?? source.textContent;
      try {
        await navigator.clipboard.writeText(text.trim());
        this.dispatchEvent(new CustomEvent("toast", { bubbles: true, detail: { text: this.getAttribute("said") } }));
      } catch {
        getSelection().selectAllChildren(source); // refused by the browser: one key remains to be pressed
      }
    });
  }
}
customElements.define("copy-button", CopyButton);
