/* One key for each answer: presses what bears `data-key`, as if it were touched. Whoever speaks to their machine, or whose
   hand slips, may turn it off: it is remembered on this machine. Not while something is being typed. */
class KeyAnswers extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.choice = this.querySelector("input");
    this.choice.checked = localStorage.getItem("keys") !== "off";
    this.choice.addEventListener("change", () => localStorage.setItem("keys", this.choice.checked ? "on" : "off"));
    this.press = (event) => {
      const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog, [contenteditable]");
      if (typing || !this.choice.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const key = CSS.escape(event.key.toUpperCase());
      const found = document.querySelector(`[data-key="${key}"]:not(:disabled)`);
      if (!found || this.done) return;
      event.preventDefault();
      this.done = found.matches("button"); // one answer is sent once
      found.click();
    };
    document.addEventListener("keydown", this.press);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.press);
  }
}
customElements.define("key-answers", KeyAnswers);
