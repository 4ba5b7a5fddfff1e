// Quotes a comment in an answer to it: its beginning, or the words of it that are selected.
const MOST = 400; // characters; the server quotes fewer

export function search(link) {
  const selection = getSelection();
  const said = link.closest(".c").querySelector(":scope > .say");
  const is_of_it = selection.rangeCount && said.contains(selection.getRangeAt(0).commonAncestorContainer);
  const words = is_of_it ? [...selection.toString().trim()].slice(0, MOST).join("") : "";
  return words ? `?quote=${encodeURIComponent(words)}` : link.search;
}

// A form that is open already goes on with the quote.
export async function add(form, address) {
  const quote = await asked(address);
  if (!quote) return location.assign(address); // what is wrong is told there
  const { comment } = form.elements;
  comment.value = comment.value.trim() ? `${comment.value.trimEnd()}\n\n${quote}` : quote;
  comment.dispatchEvent(new Event("input", { bubbles: true })); // kept like what is typed
}

async function asked(address) {
  try {
    const piece = await (await fetch(address, { headers: { "HX-Request": "true" } })).text();
    return new DOMParser().parseFromString(piece, "text/html").querySelector("textarea").value;
  } catch {
    return ""; // offline, or there is no such form any more
  }
}

// Where the answer begins.
export function goOn(form) {
  const words = form?.elements.comment;
  words?.setSelectionRange(words.value.length, words.value.length);
}
