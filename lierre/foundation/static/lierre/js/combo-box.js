/* A long <select> that one types in. The select stays in the form and holds the value; without JavaScript it is simply there. */
class ComboBox extends customElements.get("suggest-box") {
  connectedCallback() {
    if (this.select) return;
    this.select = this.querySelector("select");
    const input = Object.assign(document.createElement("input"), { type: "text", className: "input", id: this.select.id, autocomplete: "off", spellcheck: false, value: this.chosen });
    for (const name of ["aria-describedby", "aria-invalid", "placeholder"]) if (this.select.hasAttribute(name)) input.setAttribute(name, this.select.getAttribute(name));
    input.ariaRequired = this.select.required ? "true" : null;
    input.disabled = this.select.disabled;
    this.select.required = false; // hidden, it could not say what is missing; the server does
    this.select.id += "-value";
    this.select.hidden = true;
    const list = Object.assign(document.createElement("div"), { className: "suggestions" });
    this.select.after(input, list);
    super.connectedCallback();
    input.addEventListener("input", () => this.fill(input.value));
    input.addEventListener("click", () => this.isOpen || this.fill(""));
    list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    this.select.form?.addEventListener("reset", () => setTimeout(() => { input.value = this.chosen; }));
  }

  get chosen() { return this.select.value ? this.select.selectedOptions[0].text : ""; }

  fill(text) {
    const words = folded(text).split(/\s+/);
    const found = [...this.select.options].filter((option) => option.value && words.every((word) => ` ${folded(option.text)}`.includes(` ${word}`)));
    this.list.replaceChildren(...found.slice(0, 50).map((option) => {
      const shown = Object.assign(document.createElement("div"), { role: "option", textContent: option.text });
      shown.dataset.value = option.value;
      return shown;
    }));
    if (!found.length) super.open();
  }

  open() {
    if (!this.options.length && !this.input.value) return this.fill("");
    super.open();
  }

  close() {
    super.close();
    if (!this.input.value && this.select.querySelector("option[value='']")) this.choose(null);
    else this.input.value = this.chosen;
  }

  press(event) {
    if (event.key !== "Escape" || this.input.value === this.chosen) return super.press(event);
    event.preventDefault();
    this.close();
  }

  choose(option) {
    const before = this.select.value;
    this.select.value = option?.dataset.value ?? "";
    this.input.value = this.chosen;
    if (option) super.close();
    if (this.select.value !== before) this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function folded(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim(); }
customElements.define("combo-box", ComboBox);
