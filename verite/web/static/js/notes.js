// Notes written in place: on words that are selected in the review, on a paragraph, on the moment that plays. Loaded
// when somebody selects words or opens a form; without it the same links lead to pages.
import { forget } from "./drafts.js";
import { tell, words as said } from "./sending.js";

const AROUND = 32; // characters that tell one place from another
const review = () => document.getElementById("review");
const line = (text) => text.replace(/\s+/g, " ");
const length = (text) => [...text].length; // as the server counts

const button = document.createElement("button");
button.type = "button";
button.className = "alt pick-note";
let picked = null; // the paragraph, and what is selected in it

// Every paragraph ends with the button and the link to note on it, which are none of its words.
function within(selection, paragraph) {
  const range = selection.cloneRange();
  const all = document.createRange();
  all.selectNodeContents(paragraph);
  all.setEndBefore(paragraph.querySelector(".pick-note, .add"));
  if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) range.setStart(all.startContainer, all.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) range.setEnd(all.endContainer, all.endOffset);
  return { all, range, text: range.toString() };
}

function around({ all, range, text }) {
  const [before, after] = [all.cloneRange(), all.cloneRange()];
  before.setEnd(range.startContainer, range.startOffset);
  after.setStart(range.endContainer, range.endOffset);
  const prefix = line(before.toString() + /^\s*/.exec(text)[0]).trimStart();
  return {
    exact: line(text).trim(),
    prefix: [...prefix].slice(-AROUND).join(""),
    suffix: [...line(/\s*$/.exec(text)[0] + after.toString())].slice(0, AROUND).join(""),
    start: length(prefix),
  };
}

// A selection over several paragraphs is on the one that holds most of it.
function read() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !review()?.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const found = [...review().querySelectorAll("[data-words]")]
    .filter((paragraph) => range.intersectsNode(paragraph))
    .map((paragraph) => ({ paragraph, ...within(range, paragraph) }))
    .sort((one, other) => other.text.length - one.text.length)[0];
  return found?.text.trim() ? found : null;
}

function offer() {
  const found = read();
  if (!found) {
    if (document.activeElement !== button) button.remove();
    return;
  }
  const { paragraph, range } = found;
  picked = { paragraph, fields: around(found) };
  button.textContent = paragraph.querySelector(".add").firstChild.textContent;
  if (button.parentElement !== paragraph) paragraph.querySelector(".add").before(button); // Tab leads to it
  const frame = paragraph.getBoundingClientRect();
  const rects = range.getClientRects();
  const end = rects[rects.length - 1] ?? frame;
  const left = Math.max(0, Math.min(end.right - frame.left, frame.width) - button.offsetWidth);
  button.style.left = `${left}px`;
  button.style.top = `${end.bottom - frame.top + 4}px`;
}

function place(link) {
  const player = link.closest("#player");
  const desk = document.createElement("div");
  desk.className = "desk";
  const paragraph = link.closest("[data-words]");
  const margin = paragraph?.nextElementSibling;
  if (player) player.after(desk);
  else if (!paragraph) link.closest(".note").append(desk);
  else if (margin?.matches(".notes")) margin.prepend(desk);
  else {
    const made = document.createElement("div");
    made.className = "notes made";
    made.append(desk);
    paragraph.after(made);
  }
  return desk;
}

function close(desk, opener) {
  const made = desk.closest(".made");
  (made ?? desk).remove();
  if (opener?.isConnected) opener.focus();
}

function address(link) {
  const there = new URL(link.href);
  const { currentTime } = (link.closest("#player") && document.querySelector("#player video")) ?? {};
  if (currentTime) there.searchParams.set("t", Math.floor(currentTime));
  return there.pathname + there.search;
}

export async function open(link, fields = {}) {
  for (const desk of document.querySelectorAll(".desk")) close(desk);
  const desk = place(link);
  await htmx.ajax("GET", address(link), { source: desk, target: desk, swap: "innerHTML" });
  const form = desk.querySelector("form");
  if (!form) return location.assign(link.href);
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "link";
  cancel.textContent = said.cancel;
  form.querySelector(".wrap").append(cancel);
  desk.addEventListener("click", ({ target }) => target.textContent === said.cancel && close(desk, link));
  desk.addEventListener("keydown", ({ key }) => key === "Escape" && close(desk, link));
  form.elements.comment.focus();
}

button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
button.addEventListener("click", () => {
  const { paragraph, fields } = picked;
  button.remove();
  getSelection().empty();
  open(paragraph.querySelector(".add"), fields);
});
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape" || !button.isConnected) return;
  if (target === button) picked.paragraph.querySelector(".add").focus();
  button.remove();
});
document.addEventListener("selectionchange", offer);
// What was typed goes along to the page of another form.
document.addEventListener("submit", (event) => event.submitter?.name === "detach" && event.stopPropagation(), true);
document.addEventListener("noted", ({ detail: { anchor, form, said: told } }) => {
  forget(form);
  tell(told);
  const there = document.querySelector(`#on-${anchor} a`) ?? document.querySelector(".desk .notice a");
  there?.focus();
});
offer();
