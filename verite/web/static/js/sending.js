// Sends a form once, under a key by which the server knows it again, and loses nothing whatever comes back.
import { keep, keeps } from "./drafts.js";

const SECOND = 1000;
export const words = document.getElementById("talk").dataset; // what is said here, in the page's language
const asking = new WeakMap(); // form → the answer it waits for
let is_known = false; // whether this browser has its cookie

const region = document.createElement("div");
region.className = "sr";
region.role = "status";
document.body.append(region);

// For whoever does not see it happen. A new element each time, so that the same words are told again.
export function tell(said) {
  const line = document.createElement("p");
  line.textContent = said;
  region.replaceChildren(line);
}

// The first touch asks for what a form needs: its own key, if it carries one; otherwise only that the server
// knows this browser, so that its first acts are one guest's.
export function touch(form) {
  const field = form.elements.key;
  if (field ? field.value : is_known) return null;
  if (!asking.has(form)) asking.set(form, ask(field).finally(() => asking.delete(form)));
  return asking.get(form);
}

async function ask(field) {
  try {
    const { key } = await (await fetch("/challenge/")).json();
    is_known = true;
    if (field) field.value = key;
  } catch {
    // it is sent without
  }
}

// Sent again as it was, it is the same post; changed since, it is another.
export function changed(form) {
  if (form.dataset.missed) form.elements.key.value = "";
  delete form.dataset.missed;
}

function beforeAsking(event) {
  const { elt, verb, issueRequest } = event.detail;
  const sender = sender_of(elt);
  if (sender.ariaBusy) return event.preventDefault(); // pressed twice
  const known = verb === "post" && touch(sender);
  setBusy(sender, true);
  if (!known) return;
  event.preventDefault();
  known.then(() => issueRequest(true));
}

const sender_of = (element) => element.form ?? element; // a button may lead elsewhere than its form

// Not "disabled", which would take the focus away.
function setBusy(sender, is_busy) {
  sender.ariaBusy = is_busy ? "true" : null;
  for (const button of sender.querySelectorAll("button")) button.ariaDisabled = sender.ariaBusy;
}

function beforeSending({ detail: { elt } }) {
  const sender = sender_of(elt);
  sender.querySelector(".told")?.remove();
  if (keeps(sender)) keep(sender);
}

// A whole page where a piece was asked for comes from something that knows no pieces.
const page = ({ response }) =>
  /^\s*<!doctype/i.test(response) && new DOMParser().parseFromString(response, "text/html");
const failed = (xhr) => !xhr.status || xhr.status >= 500 || xhr.status === 413 || page(xhr);

function answered({ detail: { requestConfig, xhr } }) {
  const sender = sender_of(requestConfig.elt); // perhaps no longer in the page
  setBusy(sender, false);
  if (!failed(xhr)) return;
  if (sender.href) return location.assign(sender.href); // what is wrong is told there
  if (keeps(sender) && !(xhr.status < 500 && xhr.status)) sender.dataset.missed = "yes";
  refuse(sender, keeps(sender) ? `${why(xhr)} ${words.kept}` : why(xhr));
}

function why(xhr) {
  if (!xhr.status) return words.offline;
  if (xhr.status === 413) return words.long;
  return (xhr.status < 500 && page(xhr)?.querySelector("h1")?.textContent) || words.failed;
}

function refuse(form, reason) {
  const told = document.createElement("p");
  told.className = "told err";
  told.textContent = reason;
  (form.querySelector("button").closest("p") ?? form.lastElementChild).before(told);
  tell(reason);
}

// "Post in 40 seconds", and then it can be.
export function wait(form, seconds) {
  const button = form.querySelector("button");
  const label = button.textContent;
  const end = Date.now() + seconds * SECOND;
  const count = () => {
    const left = Math.ceil((end - Date.now()) / SECOND);
    button.disabled = left > 0;
    button.textContent = left > 0 ? words.wait.replace("{time}", in_words(left)) : label;
    if (left > 0) setTimeout(count, SECOND);
  };
  count();
}

function in_words(seconds) {
  const [number, unit] = seconds < 60 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  const format = { style: "unit", unit, unitDisplay: "long" };
  return new Intl.NumberFormat(document.documentElement.lang, format).format(number);
}

document.addEventListener("htmx:confirm", beforeAsking);
document.addEventListener("htmx:beforeSend", beforeSending);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (failed(detail.xhr)) detail.shouldSwap = false;
});
document.addEventListener("htmx:afterRequest", answered);
