// The screen of a film page: a click puts the host's player where the card was, and another part takes its
// place without a page load. Without this script the same links lead to the host's own page, and to the part.
import { player } from "./player.js";

const screen = () => document.getElementById("player");

// What the visitor has agreed to: once a host plays, its other parts may follow without a further click.
let allowed = null;

function play() {
  const button = document.getElementById("play");
  const made = button && player(button.dataset);
  if (!made) return false;
  allowed = new URL(button.dataset.frame ?? button.dataset.video ?? button.dataset.stream, location).origin;
  const show = screen().querySelector(".still");
  show.replaceChildren(made);
  screen().querySelector(".bar").hidden = true;
  const way_out = screen().querySelector(".out");
  if (way_out) way_out.hidden = false;
  made.addEventListener("ended", next);
  made.focus();
  return true;
}

function next() {
  const following = screen().querySelector("[aria-current]")?.closest("li").nextElementSibling;
  if (following) choose(following.querySelector("a").href);
}

// The server draws the screen of every part, so there is one place that knows how it looks.
async function choose(address, { remember = true } = {}) {
  const old = screen();
  const had_focus = old.contains(document.activeElement);
  old.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("player");
    if (!fresh) throw new Error("no screen");
    const scrolled = old.querySelector(".list ol")?.scrollTop ?? 0;
    old.replaceWith(document.adoptNode(fresh));
    if (remember) history.pushState(null, "", address);
    keepInView(scrolled);
    const host = document.getElementById("play")?.dataset;
    const same = allowed && host && new URL(host.frame ?? host.video ?? host.stream ?? "x:", location).origin === allowed;
    if (!(same && play()) && had_focus) (document.getElementById("play") ?? current())?.focus();
  } catch {
    location.assign(address);
  }
}

const current = () => screen().querySelector(".list [aria-current]");

// The list scrolls by itself; the page stays where it is.
function keepInView(scrolled = 0) {
  const list = screen()?.querySelector(".list ol");
  const item = current()?.closest("li");
  if (!list || !item) return;
  list.scrollTop = scrolled;
  const top = item.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + item.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - (list.clientHeight - item.offsetHeight) / 2;
  }
}

// "#part-2", "#t=754" and "#part-2&t=1:02:03" say the same as "?part=2&t=…".
function asked() {
  const query = new URLSearchParams();
  for (const word of location.hash.slice(1).split("&")) {
    const part = /^part-(\d+)$/.exec(word);
    const moment = /^t=([\d:.hms]+)$/.exec(word);
    if (part) query.set("part", part[1]);
    if (moment) query.set("t", moment[1]);
  }
  const here = new URLSearchParams(location.search);
  for (const name of ["part", "t"]) {
    if (query.has(name) && query.get(name) !== here.get(name)) {
      if (!query.has("part") && here.has("part")) query.set("part", here.get("part"));
      return `${location.pathname}?${query}${location.hash}`;
    }
  }
  return null;
}

function follow() {
  const address = asked();
  if (address) choose(address, { remember: false });
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target.closest("a");
  if (!link || !screen()) return;
  if (link.id === "play") {
    if (play()) event.preventDefault();
  } else if (/^\?(part|t)=/.test(link.getAttribute("href") ?? "")) {
    event.preventDefault();
    if (!screen().contains(link)) screen().scrollIntoView({ block: "nearest" });
    choose(new URL(link.getAttribute("href"), location.origin + location.pathname).href);
  }
});
addEventListener("popstate", () => choose(location.href, { remember: false }));
addEventListener("hashchange", follow);
keepInView();
follow();
