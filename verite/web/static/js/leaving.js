// Whoever signs out leaves no words behind on this device, which others may use.
import { forgetOld } from "./drafts.js";

document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action").endsWith("/logout/")) forgetOld(Infinity);
});
