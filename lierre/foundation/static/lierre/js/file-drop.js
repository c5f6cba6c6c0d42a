/* Files dropped on a form, their names and weights, and how far the sending is. Without JavaScript it is a form with a file field. */
class FileDrop extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.input = this.querySelector("input[type=file]");
    this.list = this.appendChild(Object.assign(document.createElement("ul"), { className: "brought", ariaLive: "polite" }));
    this.classList.add("ready");
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => { event.preventDefault(); this.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, (event) => { event.preventDefault(); this.classList.remove("over"); });
    this.addEventListener("drop", (event) => { this.input.files = event.dataTransfer.files; this.name(); });
    this.input.addEventListener("change", () => this.name());
    this.form.addEventListener("submit", (event) => { if (this.input.files.length) { event.preventDefault(); this.send(); } });
  }

  name() {
    const weight = (size) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: size < 1e6 ? "kilobyte" : "megabyte", maximumSignificantDigits: 3 }).format(size / (size < 1e6 ? 1e3 : 1e6));
    this.list.replaceChildren(...[...this.input.files].map((file) => Object.assign(document.createElement("li"), { textContent: `${file.name}, ${weight(file.size)}` })));
  }

  send() {
    const sending = this.querySelector("template").content.cloneNode(true).firstElementChild;
    const bar = sending.querySelector("progress"), said = sending.querySelector("[role=status]");
    const request = new XMLHttpRequest();
    const stop = () => { sending.remove(); for (const button of this.form.querySelectorAll("[type=submit]")) button.disabled = false; };
    sending.querySelector("button").addEventListener("click", () => { request.abort(); stop(); this.input.focus(); });
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.loaded / event.total;
      const tenths = Math.floor(bar.value * 10) * 10; // a voice hears ten steps, not a thousand
      if (said.dataset.at !== String(tenths)) said.textContent = this.getAttribute("said").replace("{}", said.dataset.at = tenths);
    });
    request.addEventListener("load", () => this.arrive(request));
    request.addEventListener("error", () => { stop(); this.dispatchEvent(new CustomEvent("toast", { bubbles: true, detail: { text: this.getAttribute("lost"), tone: "bad" } })); });
    request.open("POST", this.form.action);
    request.responseType = "document";
    request.send(new FormData(this.form));
    for (const button of this.form.querySelectorAll("[type=submit]")) button.disabled = true;
    this.append(sending);
  }

  arrive(request) {
    const main = request.response?.querySelector("main");
    if (request.responseURL !== this.form.action || !main) {
      // They are said once, to whoever asks first: kept for the page that will be seen, each file that was refused too.
      const tone = (said) => ["bad", "warn"].find((each) => said.classList.contains(`tone-${each}`));
      const kept = [...(main?.querySelectorAll(":scope > .notice") ?? [])].map((said) => ({ text: said.textContent.trim(), tone: tone(said) }));
      sessionStorage.setItem("toasts", JSON.stringify(kept));
      return location.assign(request.responseURL);
    }
    document.querySelector("main").replaceWith(document.adoptNode(main)); // the same form, with what is to be corrected
    const summary = main.querySelector("[role=alert]");
    summary?.setAttribute("tabindex", "-1");
    summary?.focus();
  }
}
customElements.define("file-drop", FileDrop);
