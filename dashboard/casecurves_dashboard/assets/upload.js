/* Names the file input of the drop zone, refuses what the server would refuse before it is sent, and says at once that
   a file is being read. The words stand in the page. */
(function () {
  function zoneOf(event) {
    return event.target instanceof Element ? event.target.closest(".drop") : null;
  }

  /* Said where the server will say more, and in the way that lets its words take the place of these. */
  function tell(zone, text) {
    const said = zone.parentElement.querySelector(".upload-said");
    if (said) window.dash_clientside.set_props(said.id, { children: text });
  }

  function look(event) {
    const zone = zoneOf(event);
    const files = zone && (event.dataTransfer ? event.dataTransfer.files : event.target.files);
    if (!files || !files.length) return;
    const size = Array.from(files).reduce((sum, file) => sum + file.size, 0);
    if (size <= Number(zone.dataset.most)) {
      tell(zone, zone.dataset.reading);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.target.value) event.target.value = "";
    tell(zone, zone.dataset.large);
  }

  document.addEventListener("drop", look, true);
  document.addEventListener("change", look, true);
  new MutationObserver(function () {
    document.querySelectorAll(".drop input[type=file]:not([aria-label])").forEach(function (input) {
      input.setAttribute("aria-label", input.closest(".drop").dataset.label);
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
