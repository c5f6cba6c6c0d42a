/* Counts as the network does, at each keystroke, and shows what will be read. The rules come from the page, not from here. */
const graphemes = new Intl.Segmenter("fr", { granularity: "grapheme" });
const ADDRESS = /\bhttps?:\/\/[^\s<>"“”«»]+/giu, AFTER = ".,;:!?…'’", OPENS = { ")": "(", "]": "[", "}": "{" };
const RESERVED = /[\\|{}@[\]()<>#*_~]/gu, TAG = /(?<![\p{L}\p{N}_/&#])#([\p{L}\p{M}\p{N}_]*[\p{L}_][\p{L}\p{M}\p{N}_]*)/gu;
const ELSEWHERE = /(?<![\p{L}\p{N}_/@])(@[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*)@[a-zA-Z0-9][\p{L}\p{N}_.-]*[a-zA-Z0-9](?::\d+)?/gu;
/* Signs that never join their neighbour: most texts hold no other, and are counted without being cut up. */
const PLAIN = /^[\n\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u202f-\u205e]*$/u;
const often = (text, sign) => text.split(sign).length - 1;
/* Written as the page writes them: 63 206 in French, 63,206 in English. */
const written = new Intl.NumberFormat(document.documentElement.lang || "fr").format;

/* Where addresses begin and end, without the punctuation of the sentence that they stand in. */
function addresses(text) {
  return [...text.matchAll(ADDRESS)].map(({ 0: found, index }) => {
    for (let last = found.at(-1); AFTER.includes(last) || often(found, last) > often(found, OPENS[last] ?? last); last = found.at(-1)) found = found.slice(0, -1);
    return [index, index + found.length, found];
  }).filter(([, , found]) => !found.endsWith("://"));
}
/* As the network reads it: an address by its own length there (`url`), a name of another server without that server. */
function read(text, { local }, url) {
  const near = (words) => local ? words.replace(ELSEWHERE, "$1") : words;
  let made = "", done = 0;
  for (const [first, last] of addresses(text)) { made += near(text.slice(done, first)) + (url ? "x".repeat(url) : text.slice(first, last)); done = last; }
  return made + near(text.slice(done));
}
/* Hashtags that are meant keep their sign; all the rest of what means something there is escaped. */
function escaped(text) {
  let bare = text;
  for (const [first, last] of addresses(text)) bare = bare.slice(0, first) + " ".repeat(last - first) + bare.slice(last);
  return text.length + (text.match(RESERVED) ?? []).length - [...bare.matchAll(TAG)].filter(([, words]) => !words.includes("_")).length;
}
const COUNTS = {
  graphemes: (text) => PLAIN.test(text) ? text.length : [...graphemes.segment(text)].length,
  characters: (text, { wide }) => wide ? text.length : COUNTS.graphemes(text),
  bytes: (text) => new TextEncoder().encode(text).length,
  escaped,
};
const count = (text, rule, url) => (COUNTS[rule.unit] ?? COUNTS.characters)(read(text, rule, url), rule);

class TextMeasure extends HTMLElement {
  connectedCallback() {
    const own = document.getElementById(this.getAttribute("own")), common = document.getElementById(this.getAttribute("common"));
    const [first, next] = JSON.parse(this.getAttribute("counts")), url = Number(this.getAttribute("url"));
    const preview = document.getElementById(this.getAttribute("preview")), after = this.getAttribute("after");
    if (!common || !first.length) return;
    const again = () => {
      const text = own && own.value.trim() ? own.value : common.value;
      this.closest(".variant").querySelectorAll(".measured").forEach((each) => { each.hidden = true; });
      const parts = text.split(/^\s*---\s*$/mu).map((part) => part.trim()).filter((part, _place, every) => part || every.length === 1);
      const measured = parts.map((part, place) => (place ? next : first).map((rule) => [rule, count(place ? part : withAddress(part, after), rule, url)]));
      const said = measured.map((counts) => counts.map(([rule, value]) => this.say(rule, value)).join(" · "));
      this.replaceChildren(...said.map((words) => Object.assign(document.createElement("span"), { textContent: words })));
      this.classList.toggle("over", measured.flat().some(([{ most }, value]) => most && value > most));
      show(preview, parts, [first, next], url);
    };
    for (const field of [own, common]) field?.addEventListener("input", again);
  }
  say({ most, name }, value) {
    if (most && value > most) return this.getAttribute("over").replace("{over}", written(value - most));
    return most ? `${this.getAttribute("said").replace("{value}", written(value)).replace("{most}", written(most))} ${name}` : this.getAttribute("alone").replace("{value}", written(value));
  }
}
/* The address of the card, where the network writes it after the words. */
function withAddress(text, after) {
  if (!after || addresses(text).some(([, , found]) => found === after)) return text;
  return text ? `${text}\n\n${after}` : after;
}

function cut(text, most) {
  const at = PLAIN.test(text) ? most : [...graphemes.segment(text)][most]?.index ?? text.length;
  return [text.slice(0, at), text.slice(at)];
}
function show(preview, parts, rules, url) {
  const made = parts.flatMap((part, place) => {
    const most = rules[Math.min(place, 1)].find(({ unit }) => unit === "graphemes" || unit === "characters")?.most || Infinity;
    const [shown, over] = url || part.length <= most ? [part, ""] : cut(part, most);
    const said = shown.split(/\n{2,}/u).map((words) => Object.assign(document.createElement("p"), { innerText: words }));
    if (over) said.at(-1).append(Object.assign(document.createElement("del"), { textContent: over }));
    return place ? [document.createElement("hr"), ...said] : said;
  });
  preview.replaceChildren(...made);
}

customElements.define("text-measure", TextMeasure);
