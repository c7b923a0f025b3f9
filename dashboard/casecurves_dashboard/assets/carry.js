/* To choose a mark or to pin a day leaves a page as it is, and with it the addresses of its links, which say what was
   chosen when they were made. They are made to say what is chosen now. */
(function () {
  const CHOSEN = /^(row|at)=/;

  function partsOf(query) { return query.slice(1).split("&").filter(Boolean); }

  /* The query that a link to another view of the same page is to lead to; null for any other link. */
  function wanted(link) {
    const to = new URL(link.href);
    if (link.getAttribute("href").startsWith("#")) return null;
    if (to.origin !== location.origin || to.pathname !== location.pathname || !to.search) return null;
    const view = partsOf(to.search).filter(function (part) { return !CHOSEN.test(part); });
    return "?" + view.concat(partsOf(location.search).filter(function (part) { return CHOSEN.test(part); })).join("&");
  }

  function linkOf(event) {
    return event.target.closest && event.target.closest("main a[href]:not([data-go]), header a[href]");
  }

  /* For who opens it elsewhere or copies it. */
  ["pointerdown", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      const link = linkOf(event), query = link && wanted(link);
      if (query) link.setAttribute("href", location.pathname + query);
    }, true);
  });

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = linkOf(event), query = link && wanted(link);
    if (!query) return;
    event.preventDefault();
    event.stopPropagation();
    window.dash_clientside.set_props("location", { search: query });
  }, true);
})();
