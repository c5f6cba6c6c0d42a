/* Nested lists become a tree moved through by arrows. Without JavaScript they are nested lists, all open. */
class TreeView extends HTMLElement {
  connectedCallback() {
    const root = this.querySelector("ul");
    root.role = "tree";
    root.ariaLabel = this.getAttribute("label");
    for (const group of root.querySelectorAll("ul")) group.role = "group";
    this.items = [...root.querySelectorAll("li")];
    for (const item of this.items) {
      item.role = "treeitem";
      item.tabIndex = -1;
      item.ariaLabel = item.firstElementChild.textContent.trim();
      item.querySelector(":scope > a")?.setAttribute("tabindex", "-1");
      if (below(item)) this.set(item, item.parentElement === root || !!below(item).querySelector("[aria-current]"));
    }
    this.items[0].tabIndex = 0;
    root.addEventListener("keydown", (event) => this.press(event));
    root.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      this.enter(item);
      if (below(item) && !event.target.closest("a")) this.set(item, below(item).hidden);
    });
  }

  set(item, open) { item.ariaExpanded = String(open); below(item).hidden = !open; }

  enter(item) {
    if (!item) return;
    for (const each of this.items) each.tabIndex = each === item ? 0 : -1;
    item.focus();
  }

  press(event) {
    const item = event.target.closest("li"), shown = this.items.filter((each) => !each.parentElement.closest("[hidden]")), at = shown.indexOf(item);
    const open = item.ariaExpanded === "true", letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && event.key.toLowerCase();
    const moves = {
      ArrowDown: () => this.enter(shown[at + 1]), ArrowUp: () => this.enter(shown[at - 1]), Home: () => this.enter(shown[0]), End: () => this.enter(shown.at(-1)),
      ArrowRight: () => (below(item) && !open ? this.set(item, true) : this.enter(below(item)?.firstElementChild)),
      ArrowLeft: () => (open ? this.set(item, false) : this.enter(item.parentElement.closest("li"))),
      Enter: () => (item.querySelector(":scope > a")?.click(), below(item) && !item.querySelector(":scope > a") && this.set(item, !open)),
      " ": () => below(item) && this.set(item, !open),
    };
    const named = letter && [...shown.slice(at + 1), ...shown.slice(0, at)].find((each) => each.ariaLabel.toLowerCase().startsWith(letter));
    if (!moves[event.key] && !named) return;
    event.preventDefault();
    if (moves[event.key]) moves[event.key](); else this.enter(named);
  }
}

function below(item) { return item.querySelector(":scope > ul"); }
customElements.define("tree-view", TreeView);
