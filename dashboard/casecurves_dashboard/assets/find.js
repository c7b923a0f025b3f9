/* A search changes the address and not the page, as every other choice does; without this the form asks for a page. */
document.addEventListener("submit", function (event) {
  const form = event.target;
  if (form.getAttribute("role") !== "search" || !document.querySelector("#main > *")) return;
  event.preventDefault();
  const parts = [...new FormData(form)].filter(function (field) { return field[1] !== ""; });
  const query = parts.map(function (field) { return field[0] + "=" + encodeURIComponent(field[1]); });
  history.pushState({}, "", form.getAttribute("action") + "?" + query.join("&"));
  window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
});
