"use strict";
/* One case, language and theme at a time, all three in the address: #/fr/dark/the-case. Nothing is kept anywhere else. */
(() => {
  const root = document.documentElement;
  const articles = [...document.querySelectorAll("article")];
  const known = [...document.querySelectorAll("[data-to-lang]")].map((a) => a.dataset.toLang);
  const spoken = known.find((lang) => (navigator.language || "").startsWith(lang)) || known[0];
  let drawn = null;

  // A narrow screen has the still picture.
  const narrow = () => window.innerWidth <= 760;

  const asked = () => {
    const [lang, theme, id] = location.hash.replace(/^#\/?/, "").split("/");
    return {
      lang: known.includes(lang) ? lang : spoken,
      theme: theme === "dark" ? "dark" : "light",
      id: id || "",
    };
  };
  const address = (view) => `#/${view.lang}/${view.theme}/${view.id}`;

  const link = (view) => {
    for (const a of document.querySelectorAll("[data-to-case]")) a.href = address({ ...view, id: a.dataset.toCase });
    for (const a of document.querySelectorAll("[data-to-theme]")) a.href = address({ ...view, theme: a.dataset.toTheme });
    for (const a of document.querySelectorAll("[data-to-lang]")) {
      a.href = address({ ...view, lang: a.dataset.toLang });
      a.setAttribute("aria-current", a.dataset.toLang === view.lang);
    }
  };

  const still = (article, isStill) => {
    article.querySelector(".printed").style.display = isStill ? "" : "none";
    article.querySelector(".live").hidden = isStill;
  };

  const draw = async (article, view) => {
    if (drawn) {
      Plotly.purge(drawn.querySelector(".live"));
      still(drawn, true);
      drawn = null;
    }
    const source = document.getElementById(`figure-${article.dataset.number}-${view.lang}-${view.theme}`);
    if (!source || narrow()) return;
    drawn = article;
    still(article, false);
    const figure = JSON.parse(source.textContent);
    try {
      await Plotly.newPlot(article.querySelector(".live"), figure.data, figure.layout, figure.config);
    } catch (error) {
      still(article, true);
      throw error;
    }
  };

  const show = (moved) => {
    const view = asked();
    const article = articles.find((each) => each.dataset.case === view.id && each.dataset.lang === view.lang);
    root.lang = view.lang;
    root.dataset.theme = view.theme;
    root.classList.toggle("reading", Boolean(article));
    for (const each of articles) each.classList.toggle("shown", each === article);
    for (const each of document.querySelectorAll(".unknown")) each.hidden = !view.id || Boolean(article);
    link(view);
    const heading = (article || document.querySelector(`.library[data-lang=${view.lang}]`)).querySelector("h1");
    document.title = article ? `${heading.textContent} – casecurves` : "casecurves";
    if (moved) {
      window.scrollTo(0, 0);
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    if (article) draw(article, view);
  };

  const sort = (button) => {
    const head = button.closest("th");
    const body = head.closest("table").tBodies[0];
    const at = [...head.parentElement.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const each of head.parentElement.children) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rank = (row) => Number(row.children[at].dataset.rank);
    const rows = [...body.rows].sort((a, b) => {
      if (rank(a) < 0 || rank(b) < 0) return (rank(a) < 0) - (rank(b) < 0); // what is not known comes last
      return down ? rank(b) - rank(a) : rank(a) - rank(b);
    });
    body.append(...rows);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("th button");
    if (button) sort(button);
  });
  window.addEventListener("hashchange", () => show(true));
  window.addEventListener("resize", () => {
    if (narrow() === Boolean(drawn)) show(false);
  });
  root.classList.add("runs");
  // Labels are measured when they are drawn, so the fonts come first.
  Promise.allSettled([...document.fonts].map((font) => font.load())).then(() => show(false));
})();
