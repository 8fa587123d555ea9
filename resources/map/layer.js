// Draws a day on two canvases, lines under the names of the base map and marks above them (marks.js), and remembers where each thing came to
// lie, so that a click finds it.
(function (D) {
  "use strict";
  const DEEPEST = 19; // zoom

  // A canvas over the map that knows the day; the two layers below say what to draw.
  D.Canvas = L.Renderer.extend({
    initialize(day, options) {
      L.Renderer.prototype.initialize.call(this, { padding: 0.25, ...options });
      this.day = day;
      this.theme = "light";
    },

    _initContainer() {
      this._container = L.DomUtil.create("canvas", "day");
      this._container.setAttribute("aria-hidden", "true");
    },

    _destroyContainer() { L.DomUtil.remove(this._container); delete this._container; },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const box = this._bounds, size = box.getSize(), ratio = window.devicePixelRatio || 1, canvas = this._container;
      L.DomUtil.setPosition(canvas, box.min);
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.draw();
    },

    draw() {
      if (!this._map || !this._bounds) return;
      const canvas = this._container, ctx = canvas.getContext("2d", { willReadFrequently: true }), ratio = window.devicePixelRatio || 1, low = this._bounds.min;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, canvas.width, canvas.height);
      ctx.setTransform(ratio, 0, 0, ratio, -low.x * ratio, -low.y * ratio);
      this.brush = new D.Brush(ctx, this.theme);
      this.side = 256 * 2 ** this._map.getZoom();
      this.origin = this._map.getPixelOrigin();
      this.window = this._bounds;
      this.paint(this.day.grouped());
    },

    _point(place) { return { x: place[0] * this.side - this.origin.x, y: place[1] * this.side - this.origin.y }; },
    // Lines on the screen as flat numbers, without those out of sight and points within a pixel of the one before.
    _lines(lines) {
      const side = this.side, ox = this.origin.x, oy = this.origin.y, w = this.window;
      const seen = ({ box }) => box[2] * side - ox > w.min.x - 9 && box[0] * side - ox < w.max.x + 9 && box[3] * side - oy > w.min.y - 9 && box[1] * side - oy < w.max.y + 9;
      return lines.filter(seen).map(({ flat }) => {
        const kept = [], last = flat.length - 2;
        let bx = Infinity, by = Infinity;
        for (let i = 0; i <= last; i += 2) {
          const x = flat[i] * side - ox, y = flat[i + 1] * side - oy;
          if (i === last || Math.abs(x - bx) + Math.abs(y - by) > 1.2) { kept.push(x, y); bx = x; by = y; }
        }
        return kept;
      });
    },
    _seen(p) { const w = this.window; return p.x > w.min.x - 30 && p.x < w.max.x + 30 && p.y > w.min.y - 30 && p.y < w.max.y + 30; },
  });

  const LineLayer = D.Canvas.extend({
    _drawRoute(route, full) {
      const brush = this.brush, color = D.routeColor(route.number), dash = D.routeDash(route.number);
      const straight = new Set(route.straight);
      const roads = this._lines(route.lines.filter((line, at) => !straight.has(at))), flights = this._lines(route.lines.filter((line, at) => straight.has(at)));
      const width = full ? 4.5 : 3;
      brush.stroke(roads, brush.c.casing, width + (full ? brush.c.wide : 1.5), [], brush.c.casingAlpha * (full ? 1 : brush.c.quiet));
      brush.stroke(roads, color, width, dash, 1);
      brush.stroke(flights, color, full ? 2 : 1.4, [1.5, 4], 1);
      const hatched = new Set(route.hatched || []);
      if (hatched.size) this._hatch(this._lines(route.lines.filter((line, at) => hatched.has(at))), width);
      if (full && this._map.getZoom() >= 14) brush.arrows(roads, D.textOn(color), 110);
      for (const line of roads.concat(flights)) this.lines.push({ id: route.thing, line });
    },

    // Legs that a closure meets: a red rim and bars across, whatever the colour of the route.
    _hatch(lines, width) {
      const brush = this.brush;
      brush.stroke(lines, brush.c.late, width + 5, [2, 6], 1);
      brush.stroke(lines, brush.c.ring, width - 1, [2, 6], 0.9);
    },

    _drawGhost(ghost) { this.brush.stroke(this._lines(ghost.lines), this.brush.c.ghost, 2.5, [7, 6], 0.85); },

    // The nearest line within reach of a point, or null.
    at(point) {
      let best = null, least = 7;
      for (const each of this.lines || []) {
        const away = D.toLine(point, each.line);
        if (away < least) { best = { ids: [each.id], x: point.x, y: point.y, r: 0, line: true }; least = away; }
      }
      return best;
    },
  });

  // All routes, and beneath them those that a proposal changes as they ran. Painted once for a view: another selection only fades it, as a
  // whole, so that lines which cross do not shine through each other.
  const QuietLayer = LineLayer.extend({
    paint(groups) {
      this.lines = [];
      for (const ghost of groups.ghost) this._drawGhost(ghost);
      for (const route of groups.route) this._drawRoute(route, false);
    },

    fade() {
      const chosen = this.day.chosenRoutes().size > 0;
      this._container.style.opacity = !chosen ? 0.85 : this.day.alone ? 0 : 0.45;
      this.gone = chosen && this.day.alone;
    },

    at(point) { return this.gone ? null : LineLayer.prototype.at.call(this, point); },
  });

  // Closures, and the routes in view or under the pointer, in full colour.
  const ActiveLayer = LineLayer.extend({
    paint(groups) {
      this.lines = [];
      this.painted = this.look();
      const active = this.day.activeRoutes();
      for (const closure of groups.closure) this._drawClosure(closure);
      for (const ghost of groups.ghost) if (active.has(ghost.thing)) this._drawGhost(ghost);
      for (const route of groups.route) if (active.has(route.thing)) this._drawRoute(route, true);
    },

    // What is painted here depends on, beside the places of the lines.
    look() { return [...this.day.activeRoutes()].sort().join(); },

    _drawClosure(closure) {
      const brush = this.brush, ctx = brush.ctx, lines = this._lines(closure.lines), color = closure.slow ? brush.c.risk || brush.c.late : brush.c.late;
      if (!lines.length) return;
      if (closure.quiet) { brush.stroke(lines, color, 1.8, [2, 5], 0.5); return; }
      if (closure.ring) {
        ctx.save();
        brush.trace(lines);
        ctx.globalAlpha = 0.1;
        ctx.fillStyle = color;
        ctx.fill();
        ctx.clip();
        const [box] = closure.lines, low = this._point(box.box), high = this._point(box.box.slice(2)), tall = high.y - low.y;
        const hatch = [];
        for (let x = low.x - tall; x < high.x; x += 9) hatch.push([x, high.y, x + tall, low.y]);
        brush.stroke(hatch, color, 1.6, [], closure.slow ? 0.4 : 0.75);
        ctx.restore();
      } else {
        brush.stroke(lines, brush.c.ring, 9, [], 0.9);
        brush.stroke(lines, color, 6, [3, 3], closure.slow ? 0.6 : 1);
      }
      brush.stroke(lines, color, 1.8, closure.slow ? [5, 4] : [], 1);
      for (const line of lines) this.lines.push({ id: closure.thing, line });
    },
  });

  // All layers as one; the names of the base map have their pane between lines and marks.
  D.DayLayers = class {
    constructor(map, day) {
      for (const [pane, height] of [["veil", 420], ["quiet", 425], ["lines", 430], ["names", 440], ["marks", 450]]) map.createPane(pane).style.zIndex = height;
      map.getPane("names").style.pointerEvents = map.getPane("veil").style.pointerEvents = "none";
      this.quiet = new QuietLayer(day, { pane: "quiet" }).addTo(map);
      this.lines = new ActiveLayer(day, { pane: "lines" }).addTo(map);
      this.marks = new D.MarkLayer(day, { pane: "marks" }).addTo(map);
      if (!Number.isFinite(map.getMaxZoom())) map.setMaxZoom(DEEPEST); // folium names it only where it adds tiles itself
      map.on("zoomstart", () => { this.marks.fan = null; });
    }

    style(theme) { this.quiet.theme = this.lines.theme = this.marks.theme = theme; }

    // Lines are costly to paint: they are left as they are where only marks, or the selection, have changed.
    draw(onlyMarks) {
      if (!onlyMarks) this.quiet.draw();
      this.quiet.fade();
      if (!onlyMarks || this.lines.painted !== this.lines.look()) this.lines.draw();
      this.marks.draw();
    }

    // Shows things of one place side by side, or no longer.
    spread(ids) {
      this.marks.fan = ids;
      this.marks.draw();
    }

    at(point) { return this.marks.at(point) || this.lines.at(point) || this.quiet.at(point); }
  };
})((window.Doorstep = window.Doorstep || {}));
