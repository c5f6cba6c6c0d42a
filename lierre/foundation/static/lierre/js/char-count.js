/* How many signs are written, and how many too many. Without JavaScript the sentence inside says the limit. */
class CharCount extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.getAttribute("for"));
    const most = Number(this.getAttribute("most"));
    if (!field) return;
    // What is read aloud waits for a pause: a voice that counts every key would hide the text.
    const aloud = Object.assign(document.createElement("span"), { className: "visually-hidden", role: "status" });
    const shown = Object.assign(document.createElement("span"), { ariaHidden: "true" });
    this.replaceChildren(shown, aloud);
    let pause;
    const count = () => {
      const written = [...field.value].length, over = written > most;
      shown.textContent = (over ? this.getAttribute("over") : this.getAttribute("said")).replace("{}", over ? written - most : written);
      this.classList.toggle("over", over);
      clearTimeout(pause);
      if (written > most * 0.9) pause = setTimeout(() => { aloud.textContent = shown.textContent; }, 1000);
    };
    field.addEventListener("input", count);
    count();
  }
}
customElements.define("char-count", CharCount);
