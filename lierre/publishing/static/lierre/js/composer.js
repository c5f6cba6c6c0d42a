/* Counts as the network does, at each keystroke, and shows what will be read. The rules come from the page, not from here. */
const graphemes = new Intl.Segmenter("fr", { granularity: "grapheme" });
const ADDRESS = /\bhttps?:\/\/[^\s<>"“”«»]+/giu, AFTER = ".,;:!?…'’", ESCAPED = /[\\|{}@[\]()<>#*_~]/gu;

function withShortAddresses(text, url) {
  if (!url) return text;
  return text.replace(ADDRESS, (found) => {
    let rest = "";
    while (found && AFTER.includes(found.at(-1))) { rest = found.at(-1) + rest; found = found.slice(0, -1); }
    return "x".repeat(url) + rest;
  });
}
const COUNTS = {
  graphemes: (text, url) => [...graphemes.segment(withShortAddresses(text, url))].length,
  characters: (text, url, unit16) => unit16 ? withShortAddresses(text, url).length : [...graphemes.segment(withShortAddresses(text, url))].length,
  bytes: (text, url) => new TextEncoder().encode(withShortAddresses(text, url)).length,
  escaped: (text, url) => withShortAddresses(text, url).length + (withShortAddresses(text, url).match(ESCAPED) || []).length,
};

class TextMeasure extends HTMLElement {
  connectedCallback() {
    const own = document.getElementById(this.getAttribute("own")), common = document.getElementById(this.getAttribute("common"));
    const rules = JSON.parse(this.getAttribute("counts")), url = Number(this.getAttribute("url"));
    const preview = document.getElementById(this.getAttribute("preview"));
    if (!common || !rules.length) return;
    const again = () => {
      const text = own && own.value.trim() ? own.value : common.value;
      this.closest(".variant").querySelectorAll(".measured").forEach((each) => { each.hidden = true; });
      const parts = text.split(/^\s*---\s*$/mu).map((part) => part.trim());
      const said = parts.map((part) => rules.map((rule) => this.say(part, rule, url)).join(" · "));
      this.replaceChildren(...said.map((words) => Object.assign(document.createElement("span"), { textContent: words })));
      this.classList.toggle("over", parts.some((part) => rules.some(({ unit, most }) => most && this.count(part, unit, url) > most)));
      show(preview, parts, rules, url);
    };
    for (const field of [own, common]) field?.addEventListener("input", again);
  }
  count(text, unit, url) { return (COUNTS[unit] || COUNTS.characters)(text, url); }
  say(text, { unit, most }, url) {
    const value = this.count(text, unit, url);
    if (most && value > most) return this.getAttribute("over").replace("{over}", value - most);
    return this.getAttribute(most ? "said" : "alone").replace("{value}", value).replace("{most}", most);
  }
}

function show(preview, parts, rules, url) {
  const most = rules.find(({ unit }) => unit === "graphemes" || unit === "characters")?.most || Infinity;
  const made = parts.flatMap((part, place) => {
    const signs = [...graphemes.segment(part)].map(({ segment }) => segment);
    const over = !url && signs.length > most ? signs.splice(most).join("") : "";
    const said = signs.join("").split(/\n{2,}/u).map((words) => Object.assign(document.createElement("p"), { innerText: words }));
    if (over) said.at(-1).append(Object.assign(document.createElement("del"), { textContent: over }));
    return place ? [document.createElement("hr"), ...said] : said;
  });
  preview.replaceChildren(...made);
}

/* What the charter says now, in its place, unless somebody is reading there. */
function put(id, made) {
  const place = document.getElementById(id);
  if (place && !place.contains(document.activeElement)) place.outerHTML = made;
}

/* Keeps what is typed, two seconds after the last key. What is refused is said, and nothing typed is lost. */
class AutoSave extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form"), told = this.querySelector("[data-saved]");
    let pause, busy = false;
    const keep = async () => {
      if (busy) { pause = setTimeout(keep, 500); return; }
      busy = true;
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "yes" } });
        const { version, sentence, pieces } = await answer.json();
        for (const [id, made] of Object.entries(pieces || {})) put(id, made);
        if (version) form.elements.version.value = version;
        told.textContent = sentence;
      } catch {
        told.textContent = this.getAttribute("fails");
      } finally {
        busy = false;
      }
    };
    form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(keep, 2000); });
    form.addEventListener("submit", () => clearTimeout(pause));
  }
}
customElements.define("text-measure", TextMeasure);
customElements.define("auto-save", AutoSave);
