// Light or dark as the visitor chose, before the first paint; without a choice the system's scheme stands.
// Loaded in the head as a plain script: a module would run after the page has been painted.
(() => {
  const root = document.documentElement;
  const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  const stored = () => {
    try {
      return localStorage.getItem("scheme");
    } catch {
      return null; // storage may be forbidden; then the choice lasts for this page
    }
  };

  const store = (scheme) => {
    try {
      if (scheme) localStorage.setItem("scheme", scheme);
      else localStorage.removeItem("scheme");
    } catch {
      // see stored()
    }
  };

  const apply = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };

  const turn = () => {
    const wanted = (root.dataset.scheme ?? system()) === "dark" ? "light" : "dark";
    const choice = wanted === system() ? null : wanted; // the system's own scheme is followed again
    store(choice);
    apply(choice);
  };

  apply(stored());
  addEventListener("storage", (event) => event.key === "scheme" && apply(event.newValue));
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-scheme-switch]")) {
      button.hidden = false;
      button.addEventListener("click", turn);
    }
  });
})();
