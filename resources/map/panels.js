// The two panels upon the map: the legend (routes, and what the marks mean) and what is shown. Words are set as text, never as markup.
(function (D) {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const made = (tag, name, text) => { const part = document.createElement(tag); if (name) part.className = name; if (text) part.textContent = text; return part; };
  // What the marks mean: the word's key, and how to draw it in the middle of a canvas of 22 × 18.
  const MARKS = [
    ["mark_late", (b) => b.triangle(11, 9, 6, b.c.late)],
    ["mark_broken", (b) => b.warning(11, 9)],
    ["mark_pool", (b) => b.diamond(11, 9, 7)],
    ["mark_cluster", (b) => b.cluster(11, 9, "5", [1, 2].map((number) => ({ color: D.routeColor(number), count: number })), 8.5)],
    ["mark_locked", (b) => b.lock(11, 9)],
    ["mark_moved", (b) => { b.disc(11, 9, 3.5, b.c.muted); b.halo(11, 9, 7, b.c.mark, true, 1.6); }],
    ["mark_ghost", (b) => b.stroke([[1, 9, 21, 9]], b.c.ghost, 2.5, [5, 4], 1)],
    ["mark_hatched", (b) => { b.stroke([[1, 9, 21, 9]], b.c.muted, 3, [], 1); b.stroke([[1, 9, 21, 9]], b.c.late, 8, [2, 4], 1); }],
    ["mark_straight", (b) => b.stroke([[1, 9, 21, 9]], b.c.muted, 2, [1.5, 4], 1)],
    ["mark_outside", (b) => { for (let x = -8; x < 20; x += 5) b.stroke([[Math.max(2, x), x < 2 ? 17 - (2 - x) : 17, Math.min(20, x + 16), x + 16 > 20 ? 1 + (x + 16 - 20) : 1]], b.c.muted, 1, [], 0.9); }],
  ];
  const LAYERS = ["names", "others", "pool", "closure"];

  D.Panels = class {
    constructor(map, day, tell) {
      Object.assign(this, { map, day, tell, words: {}, theme: "light", hidden: new Set() });
      this.legend = this.panel("legend");
      this.layers = this.panel("layers");
      this.layers.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.stopPropagation(); this.open("layers", false); } });
    }

    panel(name) {
      const box = L.DomUtil.create("section", `panel ${name}`, this.map.getContainer());
      box.hidden = true;
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      for (const kind of ["mousemove", "keydown"]) box.addEventListener(kind, (e) => { if (kind === "mousemove" || e.key !== "Escape") e.stopPropagation(); });
      return box;
    }

    // Pixels at the left that the legend covers.
    get inset() { return this.legend.hidden ? 0 : this.legend.offsetWidth + 8; }

    open(name, open) {
      this[name].hidden = !open;
      if (open) this.fill(name);
    }

    toggled(name) { this.open(name, this[name].hidden); return !this[name].hidden; }

    style(words, theme) {
      this.words = words;
      this.theme = theme;
      this.refresh();
    }

    refresh() { for (const name of ["legend", "layers"]) if (!this[name].hidden) this.fill(name); }

    // Only what has changed is made anew: the legend is open while stops are moved.
    fill(name) {
      const box = this[name];
      box.setAttribute("aria-label", this.words[name] || name);
      if (name === "layers") { this.fillLayers(); return; }
      const { route: all, stop } = this.day.grouped(), used = new Set(stop.map((each) => each.route)), route = all.filter((each) => used.has(each.thing));
      const state = JSON.stringify([this.theme, this.words.legend, route.map((each) => [each.thing, each.number, each.title])]);
      if (state !== this.drawn) {
        this.drawn = state;
        const list = made("ul", "routes");
        list.append(...route.map((each) => this.row(each)));
        const marks = made("ul", "marks");
        marks.append(...MARKS.map(([word, draw]) => this.mark(word, draw)));
        box.replaceChildren(made("h2", "", this.words.legend), list, marks);
      }
      const chosen = this.day.chosenRoutes();
      for (const row of box.querySelectorAll("button")) row.setAttribute("aria-pressed", chosen.has(row.dataset.id));
    }

    row(route) {
      const row = made("li"), button = made("button"), color = D.routeColor(route.number);
      button.type = "button";
      button.dataset.id = route.thing;
      const chip = made("span", "number", String(route.number));
      chip.style.setProperty("background", color);
      chip.style.setProperty("color", D.textOn(color));
      button.append(chip, this.line(color, D.routeDash(route.number)), made("span", "name", route.title));
      button.title = route.title;
      button.addEventListener("click", () => this.tell.pick([route.thing], "replace", false));
      button.addEventListener("mouseenter", () => this.tell.hover(route.thing));
      button.addEventListener("mouseleave", () => this.tell.hover(""));
      row.append(button);
      return row;
    }

    line(color, dash) {
      const svg = document.createElementNS(NS, "svg");
      for (const [key, value] of Object.entries({ width: 30, height: 10, "aria-hidden": "true" })) svg.setAttribute(key, value);
      for (const [stroke, width, dashes] of [["var(--casing)", 6, ""], [color, 3.5, dash.join(" ")]]) {
        const path = document.createElementNS(NS, "path");
        for (const [key, value] of Object.entries({ d: "M1 5H29", stroke, "stroke-width": width, "stroke-dasharray": dashes, fill: "none" })) path.setAttribute(key, value);
        svg.append(path);
      }
      return svg;
    }

    mark(word, draw) {
      const row = made("li"), canvas = made("canvas"), ratio = window.devicePixelRatio || 1;
      canvas.width = 22 * ratio;
      canvas.height = 18 * ratio;
      canvas.setAttribute("aria-hidden", "true");
      const ctx = canvas.getContext("2d");
      ctx.scale(ratio, ratio);
      draw(new D.Brush(ctx, this.theme));
      row.append(canvas, made("span", "", this.words[word]));
      return row;
    }

    fillLayers() {
      const rows = LAYERS.map((name) => {
        const row = made("label"), box = made("input");
        box.type = "checkbox";
        box.checked = !this.hidden.has(name);
        box.addEventListener("change", () => { if (box.checked) this.hidden.delete(name); else this.hidden.add(name); this.tell.layers(this.hidden); });
        row.append(box, made("span", "", this.words[`layer_${name}`]));
        return row;
      });
      this.layers.replaceChildren(made("h2", "", this.words.layers), ...rows);
    }
  };
})((window.Doorstep = window.Doorstep || {}));
