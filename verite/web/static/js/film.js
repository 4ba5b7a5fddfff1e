// The screen of a film page: a click puts the host's player where the card was, and another part takes its
// place without a page load. Without this script the same links lead to the host's own page, and to the part.
import { origin, player } from "./player.js";

const pressed = new Set(); // hosts that the visitor let play: their other parts may follow without a click
let shown = new URLSearchParams(location.search).toString();

const screen = () => document.getElementById("player");
const button = () => document.getElementById("play");
const current = () => screen().querySelector(".list [aria-current]");

function play() {
  const made = player(button().dataset);
  const way_out = screen().querySelector(".out");
  way_out.hidden = false;
  if (!made) {
    way_out.querySelector("a").focus();
    return;
  }
  pressed.add(origin(button().dataset));
  screen().querySelector(".still").replaceChildren(made);
  screen().querySelector(".bar").hidden = true;
  made.addEventListener("ended", next);
  made.focus();
}

function next() {
  const following = current()?.closest("li").nextElementSibling?.querySelector("a");
  if (following) choose(following.href);
}

// The server draws the screen of every part, so there is one place that knows how it looks.
async function choose(address, { remember = true } = {}) {
  const had_focus = screen().contains(document.activeElement);
  screen().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const scrolled = screen().querySelector(".list ol")?.scrollTop ?? 0;
    screen().replaceWith(document.adoptNode(page.getElementById("player")));
    shown = new URL(address).searchParams.toString();
    if (remember) history.pushState(null, "", address);
    keepInView(scrolled);
  } catch {
    location.assign(address);
    return;
  }
  if (button() && pressed.has(origin(button().dataset))) play();
  else if (had_focus) (button() ?? current())?.focus();
}

// A long list scrolls by itself; the page stays where it is.
function keepInView(scrolled) {
  const list = screen()?.querySelector(".list ol");
  const item = list?.querySelector("[aria-current]")?.closest("li");
  if (!item) return;
  list.scrollTop = scrolled;
  const top = item.offsetTop - list.offsetTop;
  const is_seen = top >= list.scrollTop && top + item.offsetHeight <= list.scrollTop + list.clientHeight;
  if (!is_seen) list.scrollTop = top - (list.clientHeight - item.offsetHeight) / 2;
}

// Only some visitors write notes.
const notes = () => import("./notes.js");

// "#part-2", "#t=754" and "#part-2&t=1:02:03" say the same as "?part=2&t=…", and win over it.
function wanted() {
  const query = new URLSearchParams(location.search);
  for (const word of location.hash.slice(1).split("&")) {
    const part = /^part-(\d+)$/.exec(word)?.[1];
    const moment = /^t=([\d:.hms]+)$/.exec(word)?.[1];
    if (part && part !== query.get("part")) {
      query.set("part", part);
      query.delete("t");
    }
    if (moment) query.set("t", moment);
  }
  return query.toString();
}

function follow() {
  if (wanted() !== shown) choose(new URL(`?${wanted()}`, location).href, { remember: false });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.id === "play") {
    event.preventDefault();
    play();
  } else if (/^\?(part|t)=/.test(link.getAttribute("href")?.replace(location.pathname, ""))) {
    event.preventDefault();
    if (!screen().contains(link)) screen().scrollIntoView({ block: "nearest" });
    choose(new URL(link.getAttribute("href"), location).href);
  } else if (link.pathname.endsWith("/notes/write/")) {
    event.preventDefault();
    notes().then(({ open }) => open(link)).catch(() => location.assign(link.href));
  }
});
document.addEventListener("selectionchange", notes, { once: true });
addEventListener("popstate", follow); // also when only the fragment changes

keepInView(0);
follow();
