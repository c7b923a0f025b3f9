/* Puts the parts of a page that only show something into their place (see light.py; the server has escaped every text
   in them), and lets their links change the address and not the document, as all others do. */
(function () {
  function fill(element) {
    element.innerHTML = element.dataset.html;
    element.removeAttribute("data-html");
    element.dataset.plain = "";
  }

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      change.addedNodes.forEach(function (node) {
        if (!(node instanceof Element)) return;
        if (node.matches("[data-html]")) fill(node);
        node.querySelectorAll("[data-html]").forEach(fill);
      });
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("click", function (event) {
    const link = event.target.closest("[data-plain] a[data-page]");
    if (!link || link.closest(".axis") || event.defaultPrevented || event.button) return; // window.js has those
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });
})();
