// A discussion while it is read: what others post meanwhile is offered, and comes when it is asked for; how far it
// has been read is remembered for whoever is known here. Nothing moves by itself.
const SECOND = 1000;
const SOON = 20 * SECOND;
const LATE = 300 * SECOND;
const SLOWER = 1.5;
const READ = 5 * SECOND; // on screen
const MOST = 20; // more are read on a page of their own

const place = document.getElementById("living");
const { since, seen, whole, one, more } = place.dataset;
const thread = place.parentElement.querySelector(".thread");
place.role = "status";
let newest = Number(place.dataset.newest);
let offered = 0; // the newest that has been
let remembered = 0;
let waiting = SOON;
let timer = 0;

const comment = (id) => document.getElementById(`comment-${id}`);

// Without cookies, so that the answer is the same for everybody.
async function ask() {
  let ids = [];
  try {
    const answer = await fetch(`${since}?after=${newest}`, { credentials: "omit" });
    ids = (await answer.json()).ids.filter((id) => !comment(id));
  } catch {
    waiting = LATE; // offline, or gone: nothing is said, for nothing was asked for
  }
  const is_news = ids.length > 0 && ids[0] !== offered;
  waiting = is_news ? SOON : Math.min(waiting * SLOWER, LATE);
  if (is_news) offer(ids);
  wait();
}

function wait() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, waiting);
}

function offer(ids) {
  const link = document.createElement("a");
  link.className = "go";
  link.href = whole;
  link.textContent = ids.length === 1 ? one : more.replace("{count}", ids.length < 100 ? ids.length : "100+");
  link.addEventListener("click", (event) => {
    if (ids.length > MOST || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link);
  });
  offered = ids[0];
  place.replaceChildren(link);
}

async function show(link) {
  link.ariaBusy = "true";
  try {
    const answer = await fetch(`${since}?after=${newest}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const come = [...page.querySelectorAll(".c")].filter(({ id }) => !document.getElementById(id));
    const facts = page.getElementById("talk-facts");
    facts.removeAttribute("hx-swap-oob");
    document.getElementById("talk-facts").replaceWith(document.adoptNode(facts));
    place.replaceChildren();
    if (!come.length) return;
    come.forEach(put);
    const first = thread.querySelector(come.map(({ id }) => `#${id}`).join());
    first.tabIndex = -1;
    first.focus();
  } catch {
    location.assign(link.href);
  }
}

// Below what it answers, where that is on the page; otherwise at the top.
function put(article) {
  const { id, dataset } = document.adoptNode(article);
  const answered = comment(dataset.to);
  if (!answered) thread.prepend(article);
  else if (answered.matches(".re .re .re .re .c")) answered.after(article);
  else below(answered).append(article);
  newest = Math.max(newest, Number(id.replace("comment-", "")));
  htmx.process(article);
  htmx.trigger(article, "htmx:load");
}

function below(answered) {
  const replies = answered.querySelector(":scope > .re") ?? document.createElement("div");
  replies.className = "re";
  answered.append(replies);
  return replies;
}

function remember() {
  if (remembered >= newest) return;
  remembered = newest;
  fetch(seen, { method: "POST", keepalive: true, redirect: "manual", body: new URLSearchParams({ comment: newest }) });
}

let reading = 0;
const watcher = new IntersectionObserver((changes) => {
  clearInterval(reading);
  if (changes.at(-1).isIntersecting) reading = setInterval(() => document.hidden || remember(), READ);
});
if (seen) watcher.observe(thread);

document.addEventListener("visibilitychange", () => {
  waiting = SOON;
  wait();
});
wait();
