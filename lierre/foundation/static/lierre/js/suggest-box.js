/* Suggestions under an input: the combobox of the ARIA patterns. The focus stays in the input, the arrows move in the list. */
class SuggestBox extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input");
    this.list = this.querySelector(".suggestions");
    this.list.id ||= `${this.input.id}-suggestions`;
    this.list.role = "listbox";
    this.list.ariaLabel = this.getAttribute("label");
    this.status = Object.assign(document.createElement("span"), { className: "visually-hidden", role: "status" });
    this.append(this.status);
    this.input.role = "combobox";
    this.input.ariaAutoComplete = "list";
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    new MutationObserver(() => this.refresh()).observe(this.list, { childList: true });
    this.close();
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }
  get isOpen() { return !this.list.hidden; }

  refresh() {
    this.options.forEach((option, at) => Object.assign(option, { id: `${this.list.id}-${at}`, tabIndex: -1, ariaSelected: "false" }));
    this.status.textContent = `${this.getAttribute("label") ?? ""} : ${this.options.length}`;
    if (document.activeElement === this.input) this.open();
  }

  open() {
    this.list.hidden = !this.options.length;
    this.input.ariaExpanded = String(this.isOpen);
    this.activate(this.options.includes(this.active) ? this.active : this.hasAttribute("eager") && this.options[0]);
  }

  close() {
    if (this.hasAttribute("standing")) return;
    this.list.hidden = true;
    this.input.ariaExpanded = "false";
    this.activate(null);
  }

  activate(option) {
    if (this.active) this.active.ariaSelected = "false";
    this.active = option || null;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) { option.click(); }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.isOpen) this.open();
    const options = this.options;
    if (step && options.length) this.activate(options.at((options.indexOf(this.active) + step + (step < 0 && !this.active)) % options.length));
    else if (event.key === "Enter" && this.isOpen && this.active) this.choose(this.active);
    else if (event.key === "Escape" && this.isOpen && !this.hasAttribute("standing")) this.close();
    else return;
    event.preventDefault();
  }
}
customElements.define("suggest-box", SuggestBox);
