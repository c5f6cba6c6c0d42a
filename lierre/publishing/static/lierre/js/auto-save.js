/* What the charter says now, in its place, unless somebody is reading there. */
function put(id, made) {
  const place = document.getElementById(id);
  if (place && !place.contains(document.activeElement)) place.outerHTML = made;
}
/* Somebody who signed in again in another window has another token there: the page takes it, and goes on. */
function renew() {
  const token = /(?:^|; )csrftoken=([^;]+)/u.exec(document.cookie)?.[1];
  if (token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
}
function fill(form, [name, values]) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else [field.value] = values;
  }
}

/*
 * Keeps what is typed two seconds after the last key, and every twenty seconds of somebody who never stops; at once before
 * another form of the page leaves, or the page itself. What cannot be kept stays in this window, is tried again, and holds
 * back whatever would lose it. A page that was of nothing yet becomes that of the draft it began (`address`).
 */
class AutoSave extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form"), told = this.querySelector("[data-saved]"), headers = { "X-Autosave": "yes" };
    const place = () => `typed ${form.action}`, says = (name) => this.getAttribute(name) ?? this.getAttribute("fails");
    let typed = 0, kept = 0, since = 0, pause = 0, sending = null, lost = false, leaving = false;
    const asked = () => ({ method: "POST", body: new FormData(form), headers });
    const tell = (sentence, bad) => { told.textContent = sentence; told.classList.toggle("not-kept", bad); };
    const failed = (ended) => {
      lost = true;
      tell(ended ? says("ended") : says("fails"), true);
      if (ended && this.hasAttribute("enter")) told.append(" ", Object.assign(document.createElement("a"), { href: this.getAttribute("enter"), target: "_blank", textContent: this.getAttribute("again") }));
      const every = new FormData(form);
      sessionStorage.setItem(place(), JSON.stringify([...new Set(every.keys())].filter((name) => name !== "csrfmiddlewaretoken").map((name) => [name, every.getAll(name)])));
      return "lost";
    };
    const send = async () => {
      const now = typed;
      let answer = null, said = null;
      renew();
      try { answer = await fetch(form.action, asked()); said = await answer.json(); } catch { return failed(answer && (answer.redirected || answer.status === 403)); }
      sessionStorage.removeItem(place());
      lost = false;
      const { seen, sentence, pieces, address } = said;
      if (address) { form.action = address; history.replaceState(null, "", address); }
      for (const [id, made] of Object.entries(pieces ?? {})) put(id, made);
      if (seen && form.elements.seen) form.elements.seen.value = seen;
      if (answer.ok) { kept = now; if (form.elements.apart) form.elements.apart.value = ""; }
      tell(sentence, !answer.ok);
      return answer.ok ? "kept" : "refused";
    };
    const keep = async () => {
      clearTimeout(pause);
      pause = since = 0;
      await sending;
      sending = send().finally(() => { sending = null; });
      return sending;
    };
    const later = () => { typed += 1; since ||= Date.now(); clearTimeout(pause); pause = setTimeout(keep, Date.now() - since > 20000 ? 0 : 2000); };
    const again = () => { if (lost && !sending) keep(); };
    form.addEventListener("input", later);
    for (const event of ["online", "focus"]) addEventListener(event, again);
    setInterval(again, 15000);
    document.addEventListener("submit", async (event) => {
      const { target, submitter } = event;
      if (typed === kept && !sending || leaving === target) return;
      event.preventDefault();
      if (leaving) return;
      leaving = true;
      const how = await (typed === kept ? sending : keep());
      leaving = false;
      if (how === "kept" || how === "refused" && target === form) { leaving = target; target.requestSubmit(submitter); }
      else told.scrollIntoView({ block: "center" });
    }, true);
    addEventListener("beforeunload", (event) => { if (lost && !leaving) event.preventDefault(); });
    addEventListener("pagehide", () => { if (typed !== kept && !leaving) fetch(form.action, { ...asked(), keepalive: true }); });
    const before = sessionStorage.getItem(place());
    if (before) { JSON.parse(before).forEach((each) => fill(form, each)); form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true })); tell(says("back"), true); }
  }
}
customElements.define("auto-save", AutoSave);
