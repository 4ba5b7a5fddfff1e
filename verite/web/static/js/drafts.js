// What is typed is kept on this device, under the address that it is sent to (which says what it answers), until
// it has been posted: a reload, a refusal or a lost connection loses nothing.
const PREFIX = "draft ";
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const WORDS = "textarea, input:is(:not([type]), [type=text])";

const SENT = "draft sent";

const place = (form) => PREFIX + form.getAttribute("action");
const fields = (form) => [...form.querySelectorAll(WORDS)].filter((field) => field.name);

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage may be forbidden, or hold what another program wrote
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // see stored()
  }
}

export const keeps = (form) => Boolean(form?.matches("form[method=post]") && form.querySelector("textarea"));

export const forget = (address) => remove(PREFIX + address);

export function keep(form) {
  const typed = fields(form).filter((field) => field.value !== field.defaultValue);
  if (!typed.some((field) => field.value.trim())) return remove(place(form));
  const words = Object.fromEntries(typed.map((field) => [field.name, field.value]));
  // The key goes with the words: sent again after a reload, they are still one post.
  const { key, kind } = form.elements;
  const draft = { at: Date.now(), key: key?.value, kind: kind?.value, words };
  try {
    localStorage.setItem(place(form), JSON.stringify(draft));
  } catch {
    // full or forbidden: the words stay in the form at least
  }
}

// A quote, with which the server began an answer, comes after the words that were kept: it ends with an empty line, as
// nothing else does that is filled in.
const joined = (words, begun) =>
  begun.endsWith("\n\n") && !words.includes(begun.trim()) ? `${words.trimEnd()}\n\n${begun}` : words;

// What the server or the browser has filled in already stands.
export function restore(form) {
  const draft = stored(place(form));
  if (!draft?.words) return;
  for (const field of fields(form)) {
    const words = draft.words[field.name];
    if (words && field.value === field.defaultValue) field.value = joined(words, field.value);
  }
  if (draft.kind && form.elements.kind) form.elements.kind.value = draft.kind;
  if (draft.key && form.elements.key) {
    form.elements.key.value = draft.key;
    form.dataset.missed = "yes"; // whether it was posted, nobody here knows
  }
}

// A form that leads to another page is known to be posted where that page says so.
export function sent(form) {
  try {
    sessionStorage.setItem(SENT, place(form));
  } catch {
    // see stored()
  }
}

export function arrived() {
  if (!new URLSearchParams(location.search).has("said")) return;
  try {
    remove(sessionStorage.getItem(SENT));
  } catch {
    // see stored()
  }
}

export function forgetOld(now = Date.now()) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !(stored(key)?.at > now - KEPT_MS)) remove(key);
    }
  } catch {
    // see stored()
  }
}
