/* Tells the browser, and through it a screen reader, which page this has become. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  casecurves: {
    describe: function (page) {
      if (page) {
        const root = document.documentElement;
        const moved = root.dataset.path !== undefined && root.dataset.path !== page.path;
        document.title = page.title;
        root.lang = page.lang;
        root.dataset.path = page.path;
        document.body.dataset.agThemeMode = page.theme;
        if (moved) {
          const main = document.querySelector("main");
          window.scrollTo(0, 0);
          if (main) main.focus({ preventScroll: true });
        }
      }
      return window.dash_clientside.no_update;
    },
  },
});
