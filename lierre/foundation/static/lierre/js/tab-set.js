/* Links to parts of a page become tabs. Without JavaScript the parts follow one another, and the links lead to them. */
class TabSet extends HTMLElement {
  connectedCallback() {
    const bar = this.querySelector("nav");
    bar.role = "tablist";
    for (const item of bar.querySelectorAll("ul, li")) item.role = "presentation";
    this.tabs = [...bar.querySelectorAll("a")];
    this.tabs.forEach((tab, at) => {
      const panel = this.panel(tab);
      tab.id ||= `${panel.id}-tab`;
      tab.role = "tab";
      tab.setAttribute("aria-controls", panel.id);
      panel.role = "tabpanel";
      panel.tabIndex = 0;
      panel.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", (event) => { event.preventDefault(); this.show(at); });
    });
    bar.addEventListener("keydown", (event) => this.press(event));
    const aimed = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    this.show(Math.max(0, this.tabs.findIndex((tab) => aimed && this.panel(tab).contains(aimed))), false);
  }

  panel(tab) { return document.getElementById(tab.hash.slice(1)); }

  show(at, told = true) {
    this.tabs.forEach((tab, each) => {
      tab.ariaSelected = String(each === at);
      tab.tabIndex = each === at ? 0 : -1;
      this.panel(tab).hidden = each !== at;
    });
    if (!told) return;
    this.tabs[at].focus();
    history.replaceState(history.state, "", this.tabs[at].hash);
  }

  press(event) {
    const now = this.tabs.indexOf(document.activeElement), last = this.tabs.length - 1;
    const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.show(next);
  }
}
customElements.define("tab-set", TabSet);
