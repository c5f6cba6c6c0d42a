/* A word in passing, after an act that did not change the page: an event `toast` with `text`, and perhaps `tone`. */
class ToastRegion extends HTMLElement {
  connectedCallback() {
    this.popover = "manual"; // above dialogs too
    this.showPopover();
    const kept = JSON.parse(sessionStorage.getItem("toasts") ?? "[]"); // left by the page before
    sessionStorage.removeItem("toasts");
    for (const { text, tone } of kept) this.say(text, tone);
    document.addEventListener("toast", ({ detail }) => this.say(detail.text ?? detail.value, detail.tone));
  }

  say(text, tone = "good") {
    for (const same of this.querySelectorAll("p")) if (same.textContent === text) same.closest(".toast").remove();
    if (document.querySelector("dialog:modal")) { this.hidePopover(); this.showPopover(); } // what was opened last is above
    const toast = this.querySelector("template").content.cloneNode(true).firstElementChild;
    toast.classList.add(`tone-${tone}`);
    toast.querySelector("p").textContent = text;
    toast.querySelector("button").addEventListener("click", () => toast.remove());
    this.append(toast);
    if (tone === "bad") return; // what went wrong waits to be read
    let leaving;
    const stay = () => clearTimeout(leaving), leave = () => { stay(); leaving = setTimeout(() => toast.remove(), 8000); };
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, leave);
    leave();
  }
}
customElements.define("toast-region", ToastRegion);
