/* When a part of a page is asked for and something else comes: the session is over, or nothing answers. */
document.addEventListener("htmx:before:response", (event) => {
  const answer = event.detail.ctx.response.raw;
  if (!answer.redirected || !new URL(answer.url).pathname.startsWith("/compte/")) return;
  event.preventDefault(); // the door must not appear inside the page
  location.reload();
});

for (const name of ["htmx:error", "htmx:response:error"]) document.addEventListener(name, (event) => {
  const text = document.querySelector("toast-region")?.getAttribute("lost");
  if (text) document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "bad" } }));
});
