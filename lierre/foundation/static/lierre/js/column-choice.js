/* Which columns of a table are shown, remembered by this browser. Without JavaScript all are. */
class ColumnChoice extends HTMLElement {
  connectedCallback() {
    this.table = document.getElementById(this.getAttribute("for"));
    const list = this.querySelector("ul");
    if (!this.table || list.children.length) return;
    this.key = `columns:${this.table.id}`;
    const hidden = new Set(JSON.parse(localStorage.getItem(this.key) ?? "[]"));
    [...this.table.tHead.rows[0].cells].forEach((cell, at) => {
      if (at === 0) return; // the heading of each row always stays
      const id = `${this.table.id}-column-${at}`, name = cell.textContent.trim();
      const box = Object.assign(document.createElement("input"), { type: "checkbox", id, value: name, checked: !hidden.has(name) });
      const item = Object.assign(document.createElement("li"), { className: "choice" });
      item.append(box, Object.assign(document.createElement("label"), { htmlFor: id, textContent: name }));
      list.append(item);
      box.addEventListener("change", () => this.keep());
      this.show(at, box.checked);
    });
    this.hidden = false;
  }

  keep() {
    const boxes = [...this.querySelectorAll("input")];
    boxes.forEach((box, at) => this.show(at + 1, box.checked));
    localStorage.setItem(this.key, JSON.stringify(boxes.filter((box) => !box.checked).map((box) => box.value)));
  }

  show(at, shown) {
    for (const row of this.table.rows) if (row.cells[at]) row.cells[at].hidden = !shown;
  }
}
customElements.define("column-choice", ColumnChoice);
