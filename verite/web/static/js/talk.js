// Rating, voting and talking in place: the server answers with the piece of the page that changed. Without this
// script the same forms and links lead to whole pages.
import { arrived, forget, forgetOld, keep, keeps, restore, sent } from "./drafts.js";
import { changed, tell, touch, wait, words } from "./sending.js";
import { keepTimes } from "./times.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  historyEnabled: false,
  includeIndicatorStyles: false,
  defaultSwapStyle: "outerHTML",
  attributesToSettle: [],
  defaultSettleDelay: 0, // what has come works at once
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..|403|404|409|422|429", swap: true },
    { code: "...", swap: false },
  ],
});

const OPENS_BELOW = '.acts a:is([href$="/reply/"], [href$="?quote=1"], [href$="/edit/"], [href$="/delete/"])';
const settled = new WeakSet(); // answers that have come
let focused = null; // the place of the focus in a form that is replaced
let carried = []; // replies to a comment that is replaced
let come_last = []; // comments

const is_below = (form) => form?.matches(".c form:not(.acts)");
const comment = (id) => document.getElementById(`comment-${id}`);

// What was posted here before may stand again further down, in its own place.
function come(article) {
  const earlier = document.getElementById(article.id);
  if (earlier !== article) earlier.remove();
  come_last.push(article);
}

function focus(element) {
  element.tabIndex = -1;
  element.focus();
}

// What is answered to a comment, or done to one's own, is asked for right below it.
async function open(link) {
  const acts = link.closest(".acts");
  const there = () => acts.parentElement.querySelector(`:scope > [action="${link.pathname}"]`);
  const quoting = link.search && (await import("./quoting.js"));
  const address = link.pathname + (quoting && quoting.search(link));
  if (!there()) await htmx.ajax("GET", address, { source: link, target: acts, swap: "afterend" });
  else if (quoting) await quoting.add(there(), address);
  there()?.querySelector("textarea, button").focus();
  if (quoting) quoting.goOn(there());
}

function close(form) {
  const opener = form.parentElement.querySelector(`.acts [href="${form.getAttribute("action")}"]`);
  form.remove();
  opener?.focus();
}

function arrive(form) {
  if (keeps(form)) restore(form);
  if (!is_below(form)) return;
  const cancel = form.querySelector(".wrap > a") ?? cancel_button(form);
  cancel.addEventListener("click", (event) => {
    event.preventDefault();
    close(form);
  });
}

function cancel_button(form) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = words.cancel;
  form.querySelector(".wrap").append(button);
  return button;
}

// The first piece below a comment begins its replies; the next joins them, or what is indented no further.
function join(reply) {
  const replies = reply.parentElement;
  const answered = replies.closest(".c");
  const earlier = replies.previousElementSibling;
  if (answered?.matches(".re .re .re .re .c")) answered.after(reply);
  else if (earlier?.matches(".c > .re")) earlier.append(reply);
  if (!replies.firstElementChild) replies.remove();
}

// What the server says of something that was done comes with one of these events.
const done = {
  posted({ target, detail: { id } }) {
    const form = target.closest("form");
    forget(form.getAttribute("action"));
    if (is_below(form)) form.remove();
    else htmx.ajax("GET", form.action, { source: form.lastElementChild, target: form }); // an empty one
    document.querySelector("#discussion .stack")?.remove(); // "Nobody has written …"
    join(comment(id));
    focus(comment(id));
  },
  edited({ detail: { id } }) {
    forget(`/comments/${id}/edit/`);
    focus(comment(id));
  },
  deleted({ detail: { id } }) {
    focus(comment(id) ?? document.getElementById("discussion"));
  },
  shown() {
    if (come_last.length) focus(come_last[0]);
  },
  previewed({ target }) {
    focus(target.querySelector(".preview"));
  },
};
for (const [event, follow] of Object.entries(done)) document.addEventListener(event, follow);
for (const event of [...Object.keys(done), "voted"]) {
  document.addEventListener(event, ({ detail: { said } }) => said && tell(said));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(OPENS_BELOW);
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});
// A press would take the selection away, which says what is quoted.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.('.acts [href$="?quote=1"]')) event.preventDefault();
});
document.addEventListener("keydown", ({ key, target }) => {
  const form = target.closest("form");
  if (key === "Escape" && is_below(form)) close(form);
});
for (const event of ["focusin", "pointerdown"]) {
  document.addEventListener(event, ({ target }) => {
    const form = target.closest?.("form[method=post]");
    if (form) touch(form);
  });
}
document.addEventListener("input", ({ target: { form } }) => {
  if (!keeps(form)) return;
  changed(form);
  touch(form);
  keep(form);
});
document.addEventListener("submit", ({ target }) => keeps(target) && sent(target));
document.addEventListener("htmx:load", ({ target }) => {
  if (target.matches(".c")) come(target);
  for (const form of [target, ...target.querySelectorAll("form")]) if (form.matches("form")) arrive(form);
});

document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, shouldSwap, target } }) => {
  const { activeElement } = document;
  const { form } = activeElement;
  come_last = [];
  focused = form && { action: form.action, index: [...form.elements].indexOf(activeElement) };
  if (shouldSwap && /\/(edit|delete|tend)\/$/.test(requestConfig.path) && target.matches(".c")) {
    carried = [...target.querySelectorAll(":scope > .re")];
    for (const replies of carried) replies.remove();
  }
});
document.addEventListener("htmx:afterSwap", ({ target }) => target.append(...carried.splice(0)));
document.addEventListener("htmx:afterSettle", ({ target, detail: { requestConfig, xhr } }) => {
  if (requestConfig.verb === "get" || settled.has(xhr)) return; // only the first element of what has come
  settled.add(xhr);
  const refused = target.querySelector("[role=alert]");
  if (refused) focus(refused);
  else if (focused && document.activeElement === document.body) {
    const form = [...document.forms].find(({ action }) => action === focused.action);
    form?.elements[focused.index]?.focus({ preventScroll: true });
  }
  const status = target.querySelector("[role=status]");
  if (status) tell(status.textContent);
  const form = target.closest("form") ?? target.querySelector("form");
  if (xhr.status === 429 && form) wait(form, Number(xhr.getResponseHeader("Retry-After")));
});

// A comment that another page shows: one further down the thread, or a fragment of an old address, whose number may be
// that of another film's comment here.
function follow() {
  const id = /^#comment-(\d+)$/.exec(location.hash)?.[1];
  const film = /^\/films\/[^/]+/.exec(location.pathname) ?? "";
  if (id && !comment(id)) location.replace(`${film}/comments/${id}/`);
}

follow();
addEventListener("hashchange", follow);
arrived();
forgetOld();
if (document.getElementById("living")) setTimeout(() => import("./living.js"), 5000); // the page comes first
keepTimes();
