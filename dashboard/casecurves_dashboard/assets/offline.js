/* When the server is gone nothing on the page answers any more, and Dash does not say so. This does. */
(function () {
  const ask = window.fetch;

  function tell(isGone) {
    const old = document.getElementById("gone");
    if (isGone === Boolean(old)) return;
    if (old) return old.remove();
    const notice = document.createElement("p");
    notice.id = "gone";
    notice.className = "notice problem";
    notice.setAttribute("role", "alert");
    notice.textContent = document.body.getAttribute(`data-gone-${document.documentElement.lang}`);
    document.body.prepend(notice);
  }

  window.fetch = function (address) {
    const ours = String(address && address.url ? address.url : address).includes("_dash-update-component");
    const answer = ask.apply(window, arguments);
    if (ours) {
      answer.then(
        function () { tell(false); },
        function (error) { if (error.name !== "AbortError") tell(true); }
      );
    }
    return answer;
  };
})();
