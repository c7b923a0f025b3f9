/* To point at a mark, to walk through the marks, and to pin a moment: what is chosen goes into the address, which is
   all that the server hears. Where the marks are is said by the list of marks below the figure. */
(function () {
  const NEAR = 9, STILL = 4; // pixels within which a mark is meant, and within which a hand is still
  const FINGER = 2; // a finger covers so many times more, and trembles as much
  let current = null; // the entry of the list at hand
  let pointer = null; // where the mouse is over the picture, unless a key has walked on since
  let down = null;
  let opener = null; // what had the focus when something was opened
  let follow = false; // the focus goes to what will be told
  let shown = " "; // what of the address was told last
  let brought = ""; // and which line of a table was brought into view
  let awaited = ""; // the row for which the window of the view was moved
  let look = ""; // which part of what is told is to be seen first

  const one = function (selector) { return document.querySelector(selector); };
  const live = function () { return one(".live"); };
  const plot = function () { return one(".live .js-plotly-plot"); };
  const entries = function () { return Array.from(document.querySelectorAll(".marks li")); };
  const isBeyond = function (entry) { return "window" in entry.dataset; }; // the window of the view leaves it out
  const isArea = function (entry) { return "area" in entry.dataset; };
  const isGround = function (entry) { return "ground" in entry.dataset; }; // a range or threshold behind the values
  const heard = function (entry) { return [entry.textContent, entry.dataset.more].filter(Boolean).join(" – "); };
  const numbers = function (entry) {
    const of = {};
    ["lane", "x0", "x1", "y0", "y1"].forEach(function (name) { of[name] = Number(entry.dataset[name]); });
    return of;
  };

  /* ------------------------------------------------------------------------------------- the address */
  /* As the server reads it: what comes last counts, and what is no text is no fault of who follows a link. */
  function asked(name) {
    return new URLSearchParams(location.search).getAll(name).pop() || "";
  }

  /* Change some of row, day and window; "" is none. */
  function go(changes) {
    const parts = location.search.replace("?", "").split("&").filter(function (part) {
      return part && !/^(row|at)=/.test(part) && !("window" in changes && /^(from|to)=/.test(part));
    });
    if (changes.window) {
      const ends = changes.window.split(" ");
      parts.push("from=" + ends[0], "to=" + ends[1]);
    }
    ["row", "at"].forEach(function (key) {
      const value = key in changes ? changes[key] : asked(key);
      if (value) parts.push(key + "=" + encodeURIComponent(value));
    });
    window.dash_clientside.set_props("location", { search: "?" + parts.join("&") });
  }

  /* Choose a row; where the window of the view leaves it out, the window goes there. */
  function goTo(row) {
    const found = entries().filter(function (entry) { return entry.dataset.row === row; });
    if (!found.length || !found.every(isBeyond)) return go({ row: row });
    awaited = row;
    go({ row: row, window: found[0].dataset.window });
  }

  /* -------------------------------------------------------------------------------- places on screen */
  /* The scaled axis may be folded: it is to scale between the days that are given with their places, and beyond. */
  function scaled(value, from, to) {
    const knots = live().dataset.days.split(" ").map(function (pair) { return pair.split(":").map(Number); });
    let i = 0;
    while (i < knots.length - 2 && value > knots[i + 1][from]) i += 1;
    const a = knots[i], b = knots[i + 1];
    return a[to] + (value - a[from]) * (b[to] - a[to]) / (b[from] - a[from]);
  }
  const onAxis = function (day) { return scaled(day, 0, 1); };
  const inDays = function (x) { return scaled(x, 1, 0); };

  function boxOf(entry) {
    const drawn = plot(), full = drawn && drawn._fullLayout;
    if (!full || !full.yaxis || !entry || isBeyond(entry)) return null;
    const at = numbers(entry), y = full.yaxis;
    const box = { top: y._offset + y.l2p(at.y0), bottom: y._offset + y.l2p(at.y1) };
    if (entry.dataset.axis) {
      const x = full["xaxis" + entry.dataset.axis.slice(1)];
      if (!x) return null;
      box.left = Math.max(x._offset + x.l2p(at.x0), x._offset);
      box.right = Math.min(x._offset + x.l2p(at.x1), x._offset + x._length);
      if (box.left > x._offset + x._length + 1 || box.right < x._offset - 1) return null; // outside the window
    } else {
      const mm = Number(live().dataset.mm);
      box.left = full._size.l + at.x0 * mm;
      box.right = full._size.l + at.x1 * mm;
    }
    return box;
  }

  function lay(kind, box, pad) {
    const over = one(".over." + kind);
    if (!over) return;
    over.hidden = !box;
    if (!box) return;
    const wide = Math.max(box.right - box.left, 4);
    over.style.left = (box.left + box.right - wide) / 2 - pad + "px";
    over.style.width = wide + 2 * pad + "px";
    over.style.top = box.top - pad + "px";
    over.style.height = box.bottom - box.top + 2 * pad + "px";
  }

  function dayBox() {
    const day = asked("at"), full = plot() && plot()._fullLayout;
    if (!/^-?\d+$/.test(day) || !full || !full.xaxis) return null;
    const x = full.xaxis;
    const left = x._offset + x.l2p(onAxis(Number(day))), right = x._offset + x.l2p(onAxis(Number(day) + 1));
    if (right < x._offset || left > x._offset + x._length) return null;
    return { left: left, right: right, top: full._size.t, bottom: full._size.t + full._size.h };
  }

  function place() {
    const row = asked("row");
    lay("chosen", boxOf(entries().find(function (entry) { return entry.dataset.row === row; })), 4);
    lay("cursor", live() && live().matches(":focus") ? boxOf(current) : null, 7);
    lay("pin", dayBox(), 0);
    document.querySelectorAll("tr[data-row]").forEach(function (line) {
      line.classList.toggle("chosen", row !== "" && line.dataset.row === row);
    });
    document.querySelectorAll(".marks li, .boxes li").forEach(function (item) {
      const link = item.querySelector("[data-go=row]");
      if (link) link.toggleAttribute("aria-current", link.dataset.to === row);
    });
  }

  /* --------------------------------------------------------------------------------------- pointing */
  function over(event) {
    const drawn = plot();
    if (!drawn || event.target.closest(".modebar, .over")) return null;
    const frame = drawn.getBoundingClientRect();
    const x = event.clientX - frame.left, y = event.clientY - frame.top;
    return x < 0 || y < 0 || x > frame.width || y > frame.height ? null : { x: x, y: y };
  }

  function hit(at, target, near) {
    const note = target.closest && target.closest(".annotation");
    const notes = plot().layout.annotations || [];
    const named = note && notes[Number(note.dataset.index)];
    const known = named && entries().find(function (entry) { return entry.dataset.row === named.name; });
    if (known) return named.name;
    let best = null;
    entries().forEach(function (entry) {
      const box = boxOf(entry);
      if (!box) return;
      const dx = Math.max(box.left - at.x, at.x - box.right, 0), dy = Math.max(box.top - at.y, at.y - box.bottom, 0);
      // The shade of a state is meant where nothing else is near.
      const far = Math.hypot(dx, dy) + (isArea(entry) || isGround(entry) ? near : 0), room = (box.right - box.left + 4) * (box.bottom - box.top);
      // Of marks that lie upon each other the smallest is meant.
      if (far <= near && (!best || far < best.far - 1 || (far <= best.far + 1 && room < best.room))) {
        best = { far: far, room: room, row: entry.dataset.row };
      }
    });
    return best && best.row;
  }

  function dayAt(x) {
    const axis = plot() && plot()._fullLayout.xaxis;
    if (!axis || x < axis._offset || x > axis._offset + axis._length) return null;
    return String(Math.floor(inDays(axis.p2l(x - axis._offset)) + 1e-6));
  }

  document.addEventListener("pointermove", function (event) {
    pointer = event.target.closest && event.target.closest(".live") ? over(event) : null;
  });
  document.addEventListener("pointerdown", function (event) {
    down = event.button === 0 && event.target.closest(".live") ? { x: event.clientX, y: event.clientY, shift: event.shiftKey } : null;
  }, true);
  document.addEventListener("pointerup", function (event) {
    const wide = event.pointerType === "touch" ? FINGER : 1, pinned = down && down.shift;
    const still = down && Math.hypot(event.clientX - down.x, event.clientY - down.y) < STILL * wide;
    down = null;
    const at = still && over(event);
    if (!at) return;
    if (pinned) {
      const day = dayAt(at.x);
      if (day !== null) go({ at: day });
      return;
    }
    const row = hit(at, document.elementFromPoint(event.clientX, event.clientY) || event.target, NEAR * wide);
    if (row) choose(row);
  }, true);

  function choose(row) {
    current = entries().find(function (entry) { return entry.dataset.row === row; }) || current;
    opener = live();
    go({ row: row });
  }

  document.addEventListener("click", function (event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[data-go]");
    const line = !event.target.closest("a, button") && !String(getSelection()) && event.target.closest("tr[data-row]");
    if (link) {
      event.preventDefault();
      if (link.dataset.to) {
        if (!link.closest(".aside")) opener = link;
        follow = true;
        if (link.dataset.go === "row") goTo(link.dataset.to);
        else go({ at: link.dataset.to });
      } else {
        leave(link.dataset.go);
      }
    } else if (line) {
      opener = line.querySelector("a");
      go({ row: line.dataset.row });
    } else if (event.target.closest(".help")) {
      help();
    }
  });

  /* ------------------------------------------------------------------------------------------- keys */
  function help(open) {
    const keys = one(".keys"), button = one(".help");
    if (!keys) return;
    keys.hidden = open === undefined ? !keys.hidden : !open;
    button.setAttribute("aria-expanded", String(!keys.hidden));
  }

  function tell(row) {
    follow = true;
    go({ row: row });
  }

  function leave(name) {
    go(name === "row" ? { row: "" } : { at: "" });
    const back = opener && opener.isConnected && opener.getClientRects().length ? opener : live();
    if (back && one(".aside").contains(document.activeElement)) back.focus({ preventScroll: true });
  }

  function move(entry) {
    if (!entry) return;
    awaited = "";
    pointer = null;
    current = entry;
    one(".said").textContent = heard(entry);
    place();
    if (isBeyond(entry)) {
      awaited = entry.dataset.row;
      go({ window: entry.dataset.window });
    }
  }

  /* The figure shows the row for which its window was moved: the keyboard is there, and it is said that it moved. */
  function reached() {
    const entry = entries().find(function (each) { return each.dataset.row === awaited; });
    if (!awaited || !entry || isBeyond(entry) || !boxOf(entry)) return;
    awaited = "";
    current = entry;
    const said = one(".said");
    said.textContent = heard(entry) + " – " + said.dataset.moved;
    if (document.activeElement === document.body && !follow) live().focus({ preventScroll: true });
  }

  function walked() { return entries().filter(function (entry) { return !isArea(entry); }); }

  function beside(step) {
    const all = walked().filter(function (entry) { return !isBeyond(entry); }), lane = Number(current.dataset.lane);
    const lanes = all.map(function (entry) { return Number(entry.dataset.lane); });
    const next = lanes.filter(function (other) { return (other - lane) * step > 0; });
    if (!next.length) return null;
    const wanted = step > 0 ? Math.min.apply(null, next) : Math.max.apply(null, next);
    const here = boxOf(current);
    const centre = function (box) { return box ? (box.left + box.right) / 2 : 0; };
    const there = all.filter(function (entry) { return Number(entry.dataset.lane) === wanted; });
    return there.sort(function (a, b) {
      if (isGround(a) !== isGround(b)) return isGround(a) ? 1 : -1;
      return Math.abs(centre(boxOf(a)) - centre(here)) - Math.abs(centre(boxOf(b)) - centre(here));
    })[0];
  }

  function walk(key) {
    const all = walked(), last = awaited || asked("row");
    const told = all.findIndex(function (entry) { return entry.dataset.row === last; });
    const at = current ? all.indexOf(current) : told;
    if (at < 0 && key !== "End") return all[0];
    current = current || all[at];
    const to = {
      ArrowRight: at + 1, n: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1,
    }[key];
    if (to !== undefined) return all[Math.min(Math.max(to, 0), all.length - 1)];
    return beside(key === "ArrowDown" ? 1 : -1);
  }

  function pin() {
    let day = pointer && dayAt(pointer.x);
    // Of a mark whose time is a stretch, its first possible day.
    if (!pointer && current && current.dataset.axis === "x") {
      day = String(Math.floor(inDays(Number(current.dataset.x0)) + 0.05));
    }
    if (day) go({ at: day });
  }

  const WALK = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End", "n"];
  document.addEventListener("keydown", function (event) {
    const target = event.target, inside = live() && target === live();
    if (event.ctrlKey || event.metaKey || event.altKey || !one("main")) return;
    if (target.closest("input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox]")) return;
    if (inside && WALK.indexOf(event.key) >= 0) {
      event.preventDefault();
      move(walk(event.key));
    } else if (inside && event.key === "Enter" && current) {
      opener = live();
      if (asked("row") === current.dataset.row) one(".aside").focus();
      else tell(current.dataset.row);
    } else if (event.key === "?" && one(".keys")) {
      help();
    } else if (event.key.toLowerCase() === "p" && (inside || pointer) && plot()) {
      pin();
    } else if (event.key === "Escape") {
      if (one(".keys") && !one(".keys").hidden) help(false);
      else if (asked("row")) leave("row");
      else if (asked("at")) leave("at");
    }
  });
  document.addEventListener("focusin", place);
  document.addEventListener("focusout", function () { window.setTimeout(place, 0); });

  /* ------------------------------------------------------------------------- as the page comes to be */
  /* Whether what is told is what the address asks for. */
  function arrived() {
    const told = {};
    document.querySelectorAll(".aside .told-part").forEach(function (part) { told[part.dataset.go] = part.dataset.to; });
    return ["row", "at"].every(function (name) { return (told[name] || "") === asked(name); });
  }

  function settle() {
    const drawn = plot();
    if (drawn && drawn.on && drawn._fullLayout && !drawn.dataset.explored) {
      drawn.dataset.explored = "yes";
      drawn.on("plotly_afterplot", place);
      drawn.on("plotly_relayouting", place);
    }
    if (current && !current.isConnected) current = null;
    reached();
    const told = one("#aside"), state = asked("row") + " " + asked("at");
    if (told) {
      document.body.classList.toggle("telling", Boolean(told.querySelector(":scope > :not(.invite)")));
      if (state !== shown) look = asked("at") !== shown.split(" ")[1] && asked("at") ? "at" : "row";
      if (look && arrived()) {
        const part = told.querySelector("[data-go=" + look + "].told-part");
        told.scrollTop = part ? part.offsetTop : 0;
        const said = one(".said");
        if (look === "at" && part && said) said.textContent = part.querySelector("h2").textContent;
        look = "";
      }
      const line = asked("row") && document.querySelector("tr[data-row='" + CSS.escape(asked("row")) + "']");
      if (line && brought !== asked("row")) line.scrollIntoView({ block: "nearest" });
      brought = line ? asked("row") : "";
      shown = state;
      if (follow && arrived()) {
        follow = false;
        told.focus({ preventScroll: true });
      }
    }
    place();
  }

  let waiting = false;
  new MutationObserver(function () {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(function () {
      waiting = false;
      settle();
    });
  }).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", place);
  window.addEventListener("popstate", function () { window.setTimeout(settle, 0); });
})();
