/* A lesson: the presenter's window moves it, the windows of the class follow. Both ask the server what is shown now, and
   show what they are sent; what comes later is not sent. */
(function () {
  const root = document.querySelector("[data-lesson]");
  if (!root) return;
  const now = root.dataset.lesson;
  const presenter = root.hasAttribute("data-presenter");
  const status = document.querySelector("[data-status]");
  const view = document.querySelector("[data-view]");
  const said = document.querySelector("[data-said]");
  const random = new Uint32Array(4);
  crypto.getRandomValues(random);
  const me = Array.from(random, function (n) { return n.toString(16); }).join("");
  let version = Number(root.dataset.version);
  let mine = "";
  let asking = null;
  const presses = [];
  let sending = false;

  function say(text) { if (status) { status.textContent = text; status.hidden = !text; } }

  /* A step is told to who does not see it: where the lesson stands, and what is new or asked. */
  function speak() {
    const parts = view.querySelectorAll(".place, .lesson-news h2, .lesson-news li, .lesson-stop > p, .lesson-options li");
    const words = Array.from(parts, function (part) { return part.textContent.trim(); }).filter(Boolean);
    said.textContent = words.map(function (text) { return /[.?!:…]$/.test(text) ? text : text + "."; }).join(" ");
  }

  /* A class cannot scroll its screen: the picture is made for the room that the words leave it. Words that leave less
     than LEAST of the height go beside it, then become smaller; under what is READ only where nothing else helps. */
  const SCREEN = 135, LEAST = 0.4, READ = [1, 0.95, 0.9, 0.85], SMALLER = [0.75, 0.65, 0.55];

  function fit() {
    const pictures = Array.from(view.querySelectorAll(".lesson-figure"));
    if (presenter || !pictures.length) return;
    const parts = Array.from(view.children);
    const enough = function (share) {
      parts.forEach(function (one) { one.style.setProperty("--share", share); });
      const end = view.getBoundingClientRect().bottom + 1;
      const words = Array.from(view.querySelectorAll(".lesson-stop, .lesson-news"));
      return pictures[0].clientHeight >= LEAST * window.innerHeight
        && words.every(function (one) { return one.getBoundingClientRect().bottom <= end; });
    };
    parts.forEach(function (one) { one.style.removeProperty("--share"); one.style.removeProperty("--room"); });
    if (window.innerWidth <= 900) return;
    root.classList.add("measured");
    const below = view.querySelector(".below");
    if (below && !READ.some(enough)) below.classList.replace("below", "beside");
    // Two pictures need the room more than the list of what lies between them.
    const sizes = pictures.length > 1 ? READ.slice(-1) : READ;
    sizes.concat(SMALLER).some(enough);
    const high = Math.min(...pictures.map(function (one) { return one.clientHeight; }));
    pictures.forEach(function (one) {
      const image = one.querySelector("img");
      const address = new URL(image.src);
      address.searchParams.set("w", Math.floor(one.clientWidth / window.innerHeight * SCREEN));
      address.searchParams.set("h", Math.floor(high / window.innerHeight * SCREEN));
      if (image.src !== address.href) image.src = address.href;
    });
    parts.forEach(function (one) { one.style.setProperty("--room", high + "px"); });
    root.classList.remove("measured");
  }

  /* The class keeps the last picture until the next one has come: no step begins with an empty screen. */
  function come(next) {
    const pictures = next.flatMap(function (part) {
      return Array.from(part.querySelectorAll("img"), function (one) { return one.decode().catch(function () {}); });
    });
    const late = new Promise(function (done) { window.setTimeout(done, 4000); });
    return Promise.race([Promise.all(pictures), late]);
  }

  function show(sent) {
    if (presenter) { put(sent); return null; }
    const made = document.createElement("template");
    made.innerHTML = sent.html;
    const next = Array.from(made.content.childNodes);
    const last = Array.from(view.childNodes);
    // Measured in its place, and the last one put back before anything is painted.
    view.replaceChildren(...next);
    fit();
    view.replaceChildren(...last);
    return come(next).then(function () {
      view.replaceChildren(...next);
      version = sent.version;
      root.dataset.version = String(version);
      speak();
    });
  }

  function put(sent) {
    if (sent.version === version && String(sent.mine) === mine) return;
    version = sent.version;
    mine = String(sent.mine);
    const held = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.does : "";
    view.innerHTML = sent.html;
    const again = held && Array.from(view.querySelectorAll("[data-does]")).find(function (one) { return one.dataset.does === held; });
    if (again) again.focus({preventScroll: true});
    root.dataset.version = String(version);
    speak();
  }

  function over() {
    say("");
    view.replaceChildren();
    const text = document.createElement("p");
    text.className = "lesson-over-now";
    text.textContent = root.dataset.over;
    said.textContent = root.dataset.over;
    view.append(text);
    window.clearTimeout(asking);
    asking = null;
    root.removeAttribute("data-live");
  }

  function ask() {
    const who = presenter ? "&who=" + me + "&mine=" + mine : "";
    fetch(now + "?seen=" + version + who, {cache: "no-store"}).then(function (answer) {
      if (answer.status === 404) { over(); return null; }
      say("");
      return answer.status === 200 ? answer.json().then(show) : null;
    }).catch(function () { say(root.dataset.lost); }).finally(function () {
      if (root.hasAttribute("data-live")) asking = window.setTimeout(ask, 700);
    });
  }

  /* Presses are sent one after the other, each with what was on the screen when its turn came: none is lost, none counts
     twice. */
  function send() {
    if (sending || !presses.length) return;
    sending = true;
    const does = presses.shift();
    fetch(root.dataset.act, {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({who: me, seen: version, does: does}),
    }).then(function (answer) {
      if (answer.status === 404) { over(); return null; }
      return answer.status === 200 ? answer.json().then(show) : null;
    }).catch(function () { say(root.dataset.lost); }).finally(function () { sending = false; send(); });
  }

  function press(does) { if (presses.length < 20) { presses.push(does); send(); } }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.does !== undefined) press(button.dataset.does);
    if (button.dataset.take) press("take");
    if (button.hasAttribute("data-full")) {
      if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
    }
  });

  const KEYS = {ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", ArrowDown: "stop",
    Home: "first", End: "last", e: "event", v: "value", t: "therapy", s: "stop", h: "hint"};
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const inside = event.target.closest("input, textarea, select");
    const onButton = event.target.closest("button, a") && (event.key === " " || event.key === "Enter");
    if (inside || onButton) return;
    if (presenter && KEYS[event.key]) { event.preventDefault(); press(KEYS[event.key]); }
    if (!presenter && event.key === "f") document.documentElement.requestFullscreen();
  });

  const clock = document.querySelector("[data-clock]");
  if (clock) {
    const began = Number(clock.dataset.clock) * 1000;
    const tick = function () {
      const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      clock.textContent = parts.map(function (n) { return String(n).padStart(2, "0"); }).join(":");
    };
    tick();
    window.setInterval(tick, 1000);
  }
  window.addEventListener("resize", fit);
  window.addEventListener("load", fit);
  root.setAttribute("data-live", "");
  ask();
})();
