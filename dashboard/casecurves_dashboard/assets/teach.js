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
  let bare = 0; // the version whose picture did not come
  const PATIENCE = 15000, SLOW = 1500; // milliseconds until an answer is given up, and until it is asked for again
  const presses = [];
  let sending = false;

  function say(text) {
    if (!status) return;
    if (status.textContent !== text) status.textContent = text; // a screen reader says it once, not with every try
    status.hidden = !text;
  }

  /* While nothing can be had from the server, what is shown stays; its pictures are asked for at no other size. */
  function away(text) {
    const was = root.hasAttribute("data-away");
    root.toggleAttribute("data-away", Boolean(text));
    say(text);
    if (was && !text) fit();
  }

  function offer(shown) {
    const again = view.querySelector("[data-again]");
    if (again) again.hidden = !shown;
    return again;
  }

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
    if (presenter || !pictures.length || root.hasAttribute("data-away")) return;
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

  /* A picture is there, or will never be: the lesson has moved on, and its words are not to be shown without it. */
  function arrived(image) {
    return new Promise(function (done, refused) {
      const tell = function () { if (image.naturalWidth) done(); else refused(new Error(image.src)); };
      if (image.complete) { tell(); return; }
      image.addEventListener("load", tell, {once: true});
      image.addEventListener("error", tell, {once: true});
    });
  }

  function passed(time) { return new Promise(function (done) { window.setTimeout(done, time); }); }

  /* The class keeps the last picture until the next one has come: no step begins with an empty screen. */
  function come(next) {
    const pictures = next.flatMap(function (part) { return Array.from(part.querySelectorAll("img")); });
    const late = passed(PATIENCE).then(function () { throw new Error("late"); });
    return Promise.race([Promise.all(pictures.map(arrived)), late]).then(function () {
      // A window that is covered decodes nothing.
      const decoded = pictures.map(function (one) { return one.decode().catch(function () {}); });
      return Promise.race([Promise.all(decoded), passed(SLOW)]);
    });
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
      bare = 0;
      root.dataset.version = String(version);
      speak();
    }, function () {
      // Asked for again, for the lesson has moved; where it has not, the picture cannot be had.
      if (bare === sent.version) lost();
      bare = sent.version;
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

  /* The lesson was ended: nothing of it is kept on any screen. */
  function over() {
    away("");
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

  /* The server knows of no such lesson: it may have been started anew. The presenter can begin again where it stood. */
  function forgotten() {
    presses.length = 0;
    const known = presenter ? root.dataset.over : root.dataset.paused;
    away(presenter && offer(true) ? "" : known);
    root.toggleAttribute("data-away", true);
  }

  /* Ask the server; a promise of its answer, of nothing when the lesson is not there, rejected when there is none. */
  function asked(address, options) {
    return fetch(address, Object.assign({cache: "no-store", signal: AbortSignal.timeout(PATIENCE)}, options)).then(function (answer) {
      if (answer.status >= 500) throw new Error(answer.status);
      if (answer.status === 410) return over();
      if (answer.status === 404) return forgotten();
      if (!presses.length) { offer(false); away(""); }
      return answer;
    });
  }

  function ask() {
    const who = presenter ? "&who=" + me + "&mine=" + mine : "";
    asked(now + "?seen=" + version + who).then(function (answer) {
      return answer && answer.status === 200 ? answer.json().then(show) : null;
    }).catch(lost).finally(function () {
      if (root.hasAttribute("data-live")) asking = window.setTimeout(ask, root.hasAttribute("data-away") ? SLOW : 700);
    });
  }

  function lost() { away(presses.length ? root.dataset.waits : root.dataset.lost); }

  function told(does, seen) {
    const body = JSON.stringify({who: me, seen: seen, does: does});
    return {method: "POST", headers: {"Content-Type": "application/json"}, body: body};
  }

  /* Presses are sent one after the other, each with what was on the screen when its turn came: none is lost, none counts
     twice. One that no answer came to is sent again as it was; what is pressed meanwhile, in the dark, adds nothing. */
  function send() {
    if (sending || !presses.length) return;
    sending = true;
    const one = presses[0];
    if (one.seen === null) one.seen = version;
    asked(root.dataset.act, told(one.does, one.seen)).then(function (answer) {
      presses.shift();
      if (!answer) return null;
      away("");
      return answer.status === 200 ? answer.json().then(show) : null;
    }).then(function () { sending = false; send(); }, function () {
      sending = false;
      presses.splice(1);
      lost();
      window.setTimeout(send, SLOW);
    });
  }

  function press(does) {
    if (presses.length && root.hasAttribute("data-away")) return;
    presses.push({does: does, seen: null});
    send();
  }

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
  /* A window that goes says so: the same page loaded again, which is another window, presents at once. */
  if (presenter) window.addEventListener("pagehide", function () {
    fetch(root.dataset.act, Object.assign(told("leave", version), {keepalive: true})).catch(function () {});
  });
  root.setAttribute("data-live", "");
  ask();
})();
