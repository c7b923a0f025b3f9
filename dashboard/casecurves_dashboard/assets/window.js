/* A zoom of the live figure becomes part of the address, once it has come to rest, and the address the page; a click on
   a fold, and the keys named beside the figure, follow the links that stand there. */
(function () {
  const REST = 400; // milliseconds
  let waiting = null;

  /* Days of the scaled axis and their places on it; between two of them it is even. */
  function knotsOf(live) {
    return live.dataset.days.split(" ").map(function (pair) { return pair.split(":").map(Number); });
  }

  function dayOf(knots, x) {
    let i = 1;
    while (i < knots.length - 1 && x > knots[i][1]) i += 1;
    const [[day0, x0], [day1, x1]] = [knots[i - 1], knots[i]];
    return day0 + ((x - x0) * (day1 - day0)) / (x1 - x0);
  }

  /* Go to a view of this case; the row and the day that are told stay those of the address at hand. */
  function go(parts) {
    const told = location.search.slice(1).split("&").filter(function (part) { return /^(row|at)=/.test(part); });
    const view = parts.filter(function (part) { return part && !/^(row|at)=/.test(part); });
    window.dash_clientside.set_props("location", { search: "?" + view.concat(told).join("&") });
  }

  function show(first, last) {
    const parts = location.search.slice(1).split("&").filter(function (part) { return !/^(from|to)=/.test(part); });
    go(parts.concat("from=" + Number(first.toFixed(2)), "to=" + Number(last.toFixed(2))));
  }

  function zoomed(relayout) {
    const live = document.querySelector(".live");
    const lo = relayout && relayout["xaxis.range[0]"];
    const hi = relayout && relayout["xaxis.range[1]"];
    window.clearTimeout(waiting);
    if (live && typeof lo === "number" && typeof hi === "number") {
      const knots = knotsOf(live);
      const [first, last] = [knots[0][0], knots[knots.length - 1][0]];
      // Never beyond what is drawn: there may be more, but not of this picture.
      const ends = [Math.max(dayOf(knots, lo), first), Math.min(dayOf(knots, hi), last)];
      const same = (last - first) / 1000;
      if (ends[0] - first > same || last - ends[1] > same) {
        const path = location.pathname;
        waiting = window.setTimeout(function () {
          if (location.pathname === path) show(ends[0], ends[1]);
        }, REST);
      }
    }
    return window.dash_clientside.no_update;
  }

  function follow(selector) {
    const link = document.querySelector(".axis a" + selector);
    if (link) go(link.search.slice(1).split("&"));
    return Boolean(link);
  }

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest(".axis a");
    if (link) {
      event.preventDefault();
      go(link.search.slice(1).split("&"));
      return;
    }
    const note = event.target.closest("#figure g.annotation");
    if (!note) return;
    const found = document.querySelector("#figure .js-plotly-plot").layout.annotations[Number(note.dataset.index)];
    const fold = found && /^fold-(\d+)$/.exec(found.name || "");
    if (fold) follow('[data-fold="' + fold[1] + '"]');
  });

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=grid]"))
      return;
    if ((event.key === "w" || event.key === "0") && follow('[aria-keyshortcuts="' + event.key + '"]')) {
      event.preventDefault();
    }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { casecurves_window: { zoomed: zoomed } });
})();
