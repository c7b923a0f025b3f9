/* What a reader has unfolded stays so: every choice puts a new page in the place of the old one. */
(function () {
  const open = new Set();
  const keyOf = function (fold) { return location.pathname + " " + fold.className; };

  document.addEventListener("toggle", function (event) {
    const fold = event.target;
    if (!fold.matches("main details[class]")) return;
    if (fold.open) open.add(keyOf(fold));
    else open.delete(keyOf(fold));
  }, true);

  new MutationObserver(function (changes) {
    if (!open.size) return;
    changes.forEach(function (change) {
      change.addedNodes.forEach(function (node) {
        if (!(node instanceof Element)) return;
        [node, ...node.querySelectorAll("details")].forEach(function (fold) {
          if (fold.matches("main details[class]") && open.has(keyOf(fold))) fold.open = true;
        });
      });
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
