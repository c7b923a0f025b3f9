/* Tells the browser, and through it a screen reader, which page this has become; and keeps the keyboard where it was:
   a choice draws the page anew, and what had the focus is gone with the old one. */
(function () {
  let last = null;

  function placeOf(element) {
    const region = element.closest("header, main, footer");
    const steps = [];
    for (let node = element; region && node !== region; node = node.parentElement) {
      steps.unshift(Array.prototype.indexOf.call(node.parentElement.children, node));
    }
    return region && { page: location.pathname, region: region.tagName, steps: steps };
  }

  function restore() {
    if (!last || last.page !== location.pathname || document.activeElement !== document.body) return;
    const start = document.querySelector(last.region);
    const found = last.steps.reduce((node, step) => node && node.children[step], start);
    if (!found) return;
    found.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", function (event) {
    last = placeOf(event.target) || last;
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    casecurves: {
      describe: function (page) {
        if (page) {
          document.querySelectorAll(".first").forEach(function (first) { first.remove(); });
          const root = document.documentElement;
          const moved = root.dataset.path !== undefined && root.dataset.path !== page.path;
          document.title = page.title;
          root.lang = page.lang;
          root.dataset.path = page.path;
          if (moved) {
            window.scrollTo(0, 0);
            document.querySelector("main").focus({ preventScroll: true });
          } else {
            window.setTimeout(restore, 60); // when the new page stands
          }
        }
        return window.dash_clientside.no_update;
      },
    },
  });
})();
