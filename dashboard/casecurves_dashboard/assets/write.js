/* Where a lesson is written. The server makes the form of what is written; here it is sent there and put in place, and
   what is typed is kept in this tab: with all that was before, so that it can be taken back. */
(function () {
  const main = document.querySelector("main");
  const KEEP = 60;
  const WAIT = 400;
  let flight = null;
  let typing = null;
  const queue = [];

  function form() { return main.querySelector("form.writing"); }
  const place = "casecurves" + form().dataset.writes;

  /* All that is written, as a form would send it. */
  function written() { return new URLSearchParams(new FormData(form())).toString(); }

  /* Steps back and forth: every state, and which of them is shown. A tab that keeps nothing still has them until it is
     left. */
  let past = {at: 0, states: []};
  try { past = JSON.parse(sessionStorage.getItem(place)) || past; } catch (error) { past = {at: 0, states: []}; }

  function store() {
    try {
      if (past.states.length > 1) sessionStorage.setItem(place, JSON.stringify(past));
      else sessionStorage.removeItem(place);
    } catch (error) { /* no room, or not allowed: the page works as it is */ }
    const undo = main.querySelector("[data-undo]"), redo = main.querySelector("[data-redo]");
    undo.hidden = redo.hidden = false;
    undo.disabled = past.at === 0;
    redo.disabled = past.at >= past.states.length - 1;
  }

  function remember() {
    window.clearTimeout(typing);
    const now = written();
    if (now === past.states[past.at]) return;
    past.states = past.states.slice(0, past.at + 1).concat([now]).slice(-KEEP);
    past.at = past.states.length - 1;
    store();
  }

  function say(text) {
    const status = main.querySelector("[data-status]");
    status.textContent = text;
    status.hidden = !text;
  }

  function open() {
    return new Set(Array.from(main.querySelectorAll("details[open]"), function (one) { return one.dataset.stop; }));
  }

  /* What the form is at: its field or button, by name. */
  function held() {
    const one = document.activeElement;
    return one && main.contains(one) ? {name: one.name, value: one.name === "does" ? one.value : null} : null;
  }

  function focus(wanted) {
    const near = main.querySelector("[autofocus]");
    const same = wanted && Array.from(form().elements).find(function (one) {
      return one.name === wanted.name && (wanted.value === null || one.value === wanted.value) && !one.disabled;
    });
    const one = near || same;
    if (one) one.focus({preventScroll: false});
  }

  /* The whole form anew; what was unfolded stays so. */
  function replace(page, wanted) {
    const unfolded = open();
    main.replaceChildren(...page.querySelector("main").childNodes);
    main.querySelectorAll("details[data-stop]").forEach(function (one) {
      if (unfolded.has(one.dataset.stop)) one.open = true;
    });
    grow();
    focus(wanted);
  }

  /* Only what is said of each field: whoever types is not disturbed. */
  function mark(page) {
    main.querySelectorAll("[data-note]").forEach(function (old) {
      const now = page.querySelector('[data-note="' + CSS.escape(old.dataset.note) + '"]');
      if (now && now.innerHTML !== old.innerHTML) old.replaceChildren(...now.childNodes);
    });
    form().querySelectorAll("[aria-describedby]").forEach(function (old) {
      const now = page.getElementById(old.id);
      const wrong = now && now.getAttribute("aria-invalid");
      if (wrong) old.setAttribute("aria-invalid", wrong); else old.removeAttribute("aria-invalid");
    });
  }

  function edited() { return form().getAttribute("action"); }

  /* Ask the server what it makes of what is written; `job.then` takes the page. What was pressed is done one after the
     other; a look at what is wrong, which nobody asked for, gives way to it. */
  function ask(job) {
    if (flight && flight.job.quiet) flight.stop.abort();
    else if (flight && job.quiet) return;
    else if (flight) { queue.push(job); return; }
    const mine = {job: job, stop: new AbortController()};
    flight = mine;
    const sent = job.state();
    const body = new URLSearchParams(sent);
    body.set("does", job.does);
    fetch(job.address || edited(), {method: "POST", body: body, cache: "no-store", signal: mine.stop.signal}).then(function (answer) {
      if (answer.redirected) { window.location.assign(answer.url); return null; }
      if (!(answer.headers.get("Content-Type") || "").startsWith("text/html")) {
        say(answer.status === 404 ? form().dataset.gone : form().dataset.refused);
        return null;
      }
      return answer.text().then(function (text) {
        if (flight === mine) job.then(new DOMParser().parseFromString(text, "text/html"), sent);
      });
    }).catch(function () { if (flight === mine && !job.quiet) say(form().dataset.lost); }).finally(function () {
      if (flight !== mine) return;
      flight = null;
      if (queue.length) ask(queue.shift());
    });
  }

  function act(does, address, wanted) {
    ask({does: does, address: address, state: function () { remember(); return written(); }, then: function (page, sent) {
      // Typed while the answer was under way: asked again with that.
      if (written() !== sent) { queue.unshift(this); return; }
      replace(page, wanted);
      if (form().dataset.kept) past = {at: 0, states: [written()]};
      remember();
      store();
      // Whoever asks what is wrong is told at once, and goes on from there.
      if (["check", "keep", "try"].includes(does)) tell();
    }});
  }

  function tell() {
    const found = main.querySelector(".found");
    if (found) found.focus({preventScroll: true});
    window.scrollTo(0, 0);
  }

  function go(by) {
    let to = 0;
    ask({does: "look", state: function () {
      remember();
      to = Math.min(Math.max(past.at + by, 0), past.states.length - 1);
      return past.states[to];
    }, then: function (page) {
      past.at = to;
      replace(page, null);
      store();
      const ways = [main.querySelector("[data-undo]"), main.querySelector("[data-redo]")];
      if (by > 0) ways.reverse();
      (ways[0].disabled ? ways[1] : ways[0]).focus();
    }});
  }

  /* A text is as high as what is in it. */
  function grow() {
    main.querySelectorAll("textarea:not(.lesson-text)").forEach(function (one) {
      if (!one.offsetParent) return;
      one.style.height = "auto";
      one.style.height = one.scrollHeight + 2 + "px";
    });
  }

  main.addEventListener("submit", function (event) {
    const pressed = event.submitter;
    if (pressed && pressed.hasAttribute("data-plain")) return;
    event.preventDefault();
    const does = pressed ? pressed.value : "check";
    act(does, pressed && pressed.getAttribute("formaction"), {name: "does", value: does});
  });

  main.addEventListener("click", function (event) {
    if (event.target.closest("[data-undo]")) go(-1);
    if (event.target.closest("[data-redo]")) go(1);
    if (event.target.closest("[data-anew]")) sessionStorage.removeItem(place);
    const link = event.target.closest(".found a[href^='#']");
    if (link) { event.preventDefault(); reach(link.getAttribute("href").slice(1)); }
  });

  /* Go to a field, which may be folded away; of a list, to its heading or its first field. */
  function reach(name) {
    const found = document.getElementById(name) || form().elements.namedItem(name);
    if (!found) return;
    for (let fold = found.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    found.focus();
    found.scrollIntoView({block: "center"});
  }

  main.addEventListener("input", function (event) {
    if (event.target.localName === "textarea") grow();
    window.clearTimeout(typing);
    typing = window.setTimeout(remember, WAIT);
  });

  main.addEventListener("change", function () {
    remember();
    if (form().elements.namedItem("text")) return;
    ask({does: "look", quiet: true, state: written, then: mark});
  });

  main.addEventListener("toggle", grow, true);
  window.addEventListener("resize", grow);
  window.addEventListener("pagehide", remember);

  const served = written();
  const draft = past.states[past.at];
  if (form().dataset.does === "" && draft !== undefined && draft !== served) {
    ask({does: "again", state: function () { return draft; }, then: function (page) { replace(page, null); store(); }});
  } else if (form().dataset.does === "") {
    past = {at: 0, states: [served]};
  } else {
    remember();
  }
  store();
  grow();
})();
