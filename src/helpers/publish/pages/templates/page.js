// The one script of the report: it asks for nothing, keeps nothing, and every page is whole without it.
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // A timeline is one stop of the Tab key; the arrow keys lead through its marks.
  const step = (marks, here, key) => {
    const lane = (mark) => Number(mark.dataset.lane);
    const at = (mark) => mark.getBoundingClientRect();
    const same = marks.filter((mark) => lane(mark) === lane(here));
    const place = same.indexOf(here);
    if (key === "ArrowRight") return same[place + 1];
    if (key === "ArrowLeft") return same[place - 1];
    if (key === "Home") return same[0];
    if (key === "End") return same[same.length - 1];
    if (key !== "ArrowDown" && key !== "ArrowUp") return null;
    const way = key === "ArrowDown" ? 1 : -1;
    const beyond = marks.map(lane).filter((other) => (other - lane(here)) * way > 0);
    const next = way > 0 ? Math.min(...beyond) : Math.max(...beyond);
    const far = (mark) => Math.abs(at(mark).x - at(here).x) + Math.abs(at(mark).y - at(here).y) / 1000;
    return marks.filter((mark) => lane(mark) === next).sort((a, b) => far(a) - far(b))[0];
  };
  const rove = (svg) => {
    const marks = all("a.mark, a.column", svg);
    const open = () => marks.filter((mark) => !mark.classList.contains("off"));
    const stop = (mark) => marks.forEach((other) => other.setAttribute("tabindex", other === mark ? 0 : -1));
    svg.addEventListener("keydown", (event) => {
      const here = event.target.closest("a.mark, a.column");
      const next = here && step(open(), here, event.key);
      if (!next) return;
      event.preventDefault();
      stop(next);
      next.focus();
    });
    svg.addEventListener("focusin", (event) => {
      const mark = event.target.closest("a.mark, a.column");
      if (mark) stop(mark);
    });
    return { marks, open, stop };
  };
  const timelines = all("svg.time").map((svg) => [svg, rove(svg)]);

  const record = one("#record-box");
  if (record) {
    const [svg, { marks, open, stop }] = timelines.find(([svg]) => record.contains(svg));
    const form = one("form", record), card = one(".card", record), plot = one(".plot", record);
    const { lane, outlet, form: kind, from, to } = form.elements;
    const rows = new Map(all("tr[data-row]", record).map((row) => [row.dataset.row, row]));
    const cells = new Map(all("td[data-cell]", record).map((cell) => [cell.dataset.cell, cell]));
    // Each mark stands for one statement or many: 3d2 says two direct ones of the fourth outlet.
    const parts = new Map(marks.map((mark) => [mark, mark.dataset.parts.split(" ").map((part) => {
      const [, of, form, count] = /(\d+)([dmi])(\d*)/.exec(part);
      return { of, form, count: Number(count || 1) };
    })]));
    const labels = new Map(marks.map((mark) => [mark, mark.getAttribute("aria-label")]));
    const sum = (found) => found.reduce((total, part) => total + part.count, 0);
    const total = sum([...parts.values()].flat());
    const first = Number(from.min), last = Number(from.max);
    const written = (day) => new Date(day * 864e5).toLocaleDateString("en-GB", {
      timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });

    const brush = document.createElementNS(svg.namespaceURI, "rect");
    brush.setAttribute("class", "brush");
    brush.setAttribute("height", "100%");
    svg.insertBefore(brush, svg.querySelector(".grid"));
    const edge = Number(svg.dataset.edge), wide = 100 - 2 * edge;
    const across = (day) => edge + wide * (last > first ? (day - first) / (last - first) : 0.5);

    const filter = () => {
      const [start, end] = [Number(from.value), Number(to.value)].sort((a, b) => a - b);
      const fits = (mark) => {
        const { day, until = day } = mark.dataset;
        if ((lane.value && mark.dataset.lane !== lane.value) || Number(day) > end || Number(until) < start) return 0;
        return sum(parts.get(mark).filter((part) =>
          (!outlet.value || part.of === outlet.value) && (!kind.value || part.form === kind.value[0])));
      };
      const counts = new Map(marks.map((mark) => [mark, fits(mark)]));
      const highest = {};
      for (const [mark, count] of counts) {
        mark.classList.toggle("off", !count);
        if (rows.has(mark.dataset.row)) rows.get(mark.dataset.row).hidden = !count;
        highest[mark.dataset.lane] = Math.max(highest[mark.dataset.lane] ?? 1, count);
      }
      for (const mark of marks.filter((mark) => cells.has(mark.dataset.cell))) {
        const count = counts.get(mark), rect = mark.firstElementChild, written = count.toLocaleString("en");
        const foot = Number(rect.getAttribute("y")) + Number(rect.getAttribute("height"));
        const tall = 26 * count / highest[mark.dataset.lane];
        rect.setAttribute("y", foot - tall);
        rect.setAttribute("height", tall);
        cells.get(mark.dataset.cell).textContent = written;
        const chosen = count === sum(parts.get(mark)) ? "" : `, ${written} chosen`;
        mark.setAttribute("aria-label", labels.get(mark) + chosen);
      }
      const shown = [...counts.values()].reduce((before, count) => before + count, 0);
      const whole = start === first && end === last;
      brush.classList.toggle("on", !whole);
      brush.setAttribute("x", `${across(start) - 0.6}%`);
      brush.setAttribute("width", `${across(end) - across(start) + 1.2}%`);
      for (const input of [from, to]) {
        input.setAttribute("aria-valuetext", written(Number(input.value)));
        input.nextElementSibling.textContent = written(Number(input.value));
      }
      one(".found", form).textContent = `${shown.toLocaleString("en")} of ${total.toLocaleString("en")} ${total === 1 ? "statement" : "statements"}`;
      const left = open();
      if (left.length && !left.some((mark) => mark.getAttribute("tabindex") === "0")) stop(left[0]);
    };
    const reset = () => { form.reset(); filter(); };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    one("button", form).addEventListener("click", reset);
    form.hidden = total < 2;
    filter();

    // A period is brushed with the pointer over the lanes, or with the two sliders.
    const day = (event) => {
      const box = svg.getBoundingClientRect();
      const share = ((event.clientX - box.x) / box.width * 100 - edge) / wide;
      return Math.round(first + Math.min(1, Math.max(0, share)) * (last - first));
    };
    let began = null;
    svg.addEventListener("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch" || event.target.closest("a")) return;
      began = { day: day(event), x: event.clientX };
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (!began || Math.abs(event.clientX - began.x) < 4) return;
      [from.value, to.value] = [began.day, day(event)].sort((a, b) => a - b);
      filter();
    });
    svg.addEventListener("pointerup", () => { began = null; });
    svg.addEventListener("pointercancel", () => { began = null; });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (card.hidden) reset();
      card.hidden = true;
    });

    // What a mark says is read from its row of the table, whose words were checked against the article.
    const show = (mark) => {
      const row = rows.get(mark.dataset.row);
      card.replaceChildren(...(row ? all("td", row) : [mark]).map((cell) => {
        const part = document.createElement("div");
        if (row) part.className = cell.className;
        part.append(...(row ? [...cell.childNodes].map((node) => node.cloneNode(true)) : [mark.getAttribute("aria-label")]));
        return part;
      }));
      all("a", card).forEach((link) => link.replaceWith(...link.childNodes));
      card.hidden = false;
      const box = plot.getBoundingClientRect(), at = mark.getBoundingClientRect();
      card.style.left = `${Math.max(0, Math.min(at.x - box.x - 24, box.width - card.offsetWidth))}px`;
      const below = at.bottom - box.y + 10, above = at.y - box.y - card.offsetHeight - 10;
      card.style.top = `${at.bottom + card.offsetHeight + 20 > innerHeight && at.y > card.offsetHeight + 20 ? above : below}px`;
    };
    svg.addEventListener("pointerover", (event) => {
      const mark = event.target.closest("a.mark:not(.off), a.column:not(.off)");
      if (mark && !began) show(mark);
      else if (!svg.contains(document.activeElement)) card.hidden = true;
    });
    svg.addEventListener("pointerleave", () => { card.hidden = true; });
    svg.addEventListener("focusin", (event) => {
      const mark = event.target.closest("a.mark, a.column");
      if (!mark) return;
      show(mark);
      if (mark.dataset.row) mark.setAttribute("aria-describedby", "record-card");
    });
    svg.addEventListener("focusout", () => { card.hidden = true; });
  }

  // A permalink marks its statement in the text, too.
  const point = () => {
    all(".here").forEach((mark) => mark.classList.remove("here"));
    const name = decodeURIComponent(location.hash.slice(1));
    const marks = all("mark[data-of]").filter((mark) => name && mark.dataset.of.split(" ").includes(name));
    marks.forEach((mark) => mark.classList.add("here"));
    if (marks.length) marks[0].scrollIntoView({ block: "center", behavior: "instant" });
  };
  addEventListener("hashchange", point);
  point();
})();
