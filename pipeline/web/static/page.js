// What the pages do beyond links and forms; all of them work without it.
"use strict";

// A chosen statement stands in the middle of the window, not at its edge.
const said = document.getElementById("said");
if (said) said.scrollIntoView({ block: "center" });
const current = document.querySelector("aside .current");
if (current) current.scrollIntoView({ block: "nearest" });

// Keys press the buttons that bear them, by their place on the keyboard, so that a Russian layout works too.
const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape" && isTyping(event.target)) return event.target.blur();
  if (isTyping(event.target)) return;
  if (event.code === "Slash") {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
    return;
  }
  const pressed = /^(?:Key|Digit)(.)$/.exec(event.code);
  const button = pressed && document.querySelector(`[data-key="${pressed[1].toLowerCase()}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
  const field = button.tagName === "SUMMARY" && button.parentElement.querySelector("input:not([type=hidden])");
  if (field) { field.focus(); field.select(); }
});

// A decision is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Search as one types: the same page, of which only what was found is taken. Older answers never replace newer ones.
const form = document.querySelector("form.search");
const found = document.getElementById("found");
if (form && found) {
  let asked = 0, timer = 0;
  const look = async () => {
    const number = ++asked;
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok || number !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("found");
    if (!fresh || number !== asked) return;
    found.replaceChildren(...fresh.childNodes);
    history.replaceState(null, "", address);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 200);
  });
}
