/* Whether this browser has seen the invitation to the tour: the one thing that is kept here, and no word about a case. */
(function () {
  const KEY = "casecurves-tour";
  const root = document.documentElement;

  function seen() {
    try {
      return localStorage.getItem(KEY) !== null;
    } catch (error) {
      return true; // a browser that keeps nothing would be asked for ever
    }
  }

  function keep() {
    root.classList.remove("first-visit");
    try {
      localStorage.setItem(KEY, "seen");
    } catch (error) { /* then it is asked again */ }
  }

  root.classList.toggle("first-visit", !seen());
  document.addEventListener("click", function (event) {
    if (event.target.closest(".tour a, .tour button")) keep();
  });
  document.addEventListener("keydown", function (event) {
    const end = event.key === "Escape" && !event.defaultPrevented && document.querySelector(".tour .close");
    if (end) end.click();
  });
})();
