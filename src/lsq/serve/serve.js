"use strict";
// Keyboard shortcuts; the page works without them: / search box, j and k hits, n and p matches.
(() => {
  const one = (selector) => document.querySelector(selector);
  const every = (selector) => [...document.querySelectorAll(selector)];

  function step(found, by) {
    if (!found.length) return;
    const at = found.findIndex((each) => each.contains(document.activeElement));
    const next = at < 0 ? (by > 0 ? 0 : found.length - 1) : at + by;
    const to = found[Math.min(Math.max(next, 0), found.length - 1)];
    if (!to.matches("a, [tabindex]")) to.tabIndex = -1;
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }

  const keys = {
    "/": () => { one("#q").focus(); one("#q").select(); },
    j: () => step(every("#hits .hit h3 a"), 1),
    k: () => step(every("#hits .hit h3 a"), -1),
    n: () => step(every("#article mark, #article .box"), 1),
    p: () => step(every("#article mark, #article .box"), -1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches("input, select, textarea");
    if (typing && event.key === "Escape") event.target.blur();
    if (typing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // On a narrow screen, fold the facets so that the hits are visible.
  const facets = one("#facets details");
  if (facets && matchMedia("(max-width: 64rem)").matches) facets.open = false;

  // Scroll an article beside the hits to its first match.
  const article = one("#article");
  const wanted = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const first = wanted && article?.contains(wanted) && wanted !== article ? wanted : one("#article mark, #article .box");
  const side = one(".beside");
  const chosen = one(".chosen");
  if (chosen && side && getComputedStyle(chosen).display !== "none") {
    chosen.scrollIntoView({ block: "nearest" });
  }
  if (article && first && side && getComputedStyle(article).overflowY === "auto") {
    const seen = article.getBoundingClientRect();
    const place = first.getBoundingClientRect();
    if (place.bottom > Math.min(seen.bottom, innerHeight) || place.top < seen.top) {
      article.scrollTop += place.top - seen.top - 120;
    }
  }
})();
