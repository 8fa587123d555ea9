// Draws a day on two canvases, lines under the names of the base map and marks above them, and remembers where each thing came to lie,
// so that a click finds it.
(function (D) {
  "use strict";
  const CELL = 24; // pixels; marks of routes in the background nearer than this gather in one
  const GATHER = 3; // so many marks in one cell become a number
  const MANY = 400; // more active stops on the screen than this are drawn without numbers
  const POOL_CELL = 18;
  const around = (p, r) => [p.x - r, p.y - r, p.x + r, p.y + r];
  const SPREAD = [[0, 0], ...ringOf(23, 8), ...ringOf(42, 14), ...ringOf(62, 20)];

  function ringOf(radius, count) {
    return Array.from({ length: count }, (_, i) => { const a = (2 * Math.PI * i) / count - Math.PI / 4; return [radius * Math.cos(a), radius * Math.sin(a)]; });
  }

  // Places taken by marks, in cells, to ask for collisions quickly.
  class Taken {
    constructor() { this.cells = new Map(); }
    each(box, act) {
      for (let x = Math.floor(box[0] / 64); x <= Math.floor(box[2] / 64); x++)
        for (let y = Math.floor(box[1] / 64); y <= Math.floor(box[3] / 64); y++) act(`${x}:${y}`);
    }
    free(box) {
      let free = true;
      this.each(box, (cell) => { for (const b of this.cells.get(cell) || []) if (b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]) free = false; });
      return free;
    }
    take(box) { this.each(box, (cell) => { if (!this.cells.has(cell)) this.cells.set(cell, []); this.cells.get(cell).push(box); }); }
  }

  // A canvas over the map that knows the day; the two layers below say what to draw.
  const Canvas = L.Renderer.extend({
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
      this.paint(this.day.grouped(), this.day.activeRoutes());
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

  const LineLayer = Canvas.extend({
    paint(groups, active) {
      this.lines = [];
      const alpha = active.size ? 0.45 : 0.8;
      for (const closure of groups.closure) this._drawClosure(closure);
      for (const ghost of groups.ghost) this.brush.stroke(this._lines(ghost.lines), this.brush.c.ghost, 2.5, [7, 6], 0.85);
      for (const route of groups.route) if (!active.has(route.thing)) this._drawRoute(route, alpha, false);
      for (const route of groups.route) if (active.has(route.thing)) this._drawRoute(route, 1, true);
    },

    _drawRoute(route, alpha, full) {
      const brush = this.brush, color = D.routeColor(route.number), dash = D.routeDash(route.number);
      const straight = new Set(route.straight);
      const roads = this._lines(route.lines.filter((line, at) => !straight.has(at))), flights = this._lines(route.lines.filter((line, at) => straight.has(at)));
      const width = full ? 4.5 : 3;
      brush.stroke(roads, brush.c.casing, width + (full ? brush.c.wide : 1.5), [], brush.c.casingAlpha * (full ? 1 : alpha * brush.c.quiet));
      brush.stroke(roads, color, width, dash, alpha);
      brush.stroke(flights, color, full ? 2 : 1.4, [1.5, 4], alpha);
      if (full && this._map.getZoom() >= 14) brush.arrows(roads, D.textOn(color), 80);
      for (const line of roads.concat(flights)) this.lines.push({ id: route.thing, line });
    },

    _drawClosure(closure) {
      const brush = this.brush, ctx = brush.ctx, lines = this._lines(closure.lines), color = brush.c.late;
      if (!lines.length) return;
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

    // The nearest line within reach of a point, or null.
    at(point) {
      let best = null, least = 7;
      for (const each of this.lines) {
        const away = D.toLine(point, each.line);
        if (away < least) { best = { ids: [each.id], x: point.x, y: point.y, r: 0, line: true }; least = away; }
      }
      return best;
    },
  });

  const MarkLayer = Canvas.extend({
    paint(groups, active) {
      this.hits = [];
      this.marked = [];
      const taken = new Taken();
      for (const depot of groups.depot) taken.take(around(this._point(depot.place), 11));
      const shown = groups.stop.filter((stop) => active.has(stop.route) && this._seen(this._point(stop.place)));
      const few = shown.length <= MANY, quiet = groups.stop.filter((stop) => !active.has(stop.route));
      const badges = few ? this._placeBadges(shown, taken) : [];
      const pools = this._gather(groups.pool, POOL_CELL);
      for (const members of pools) taken.take(around(members[0].p, members.length > 1 ? 12 : 7));
      this._drawStops(few ? quiet : quiet.concat(shown), taken);
      for (const members of pools) this._drawPool(members);
      for (const badge of badges) if (badge.moved) this._drawLeader(badge);
      // Dots first, then badges from the least to the most important, so that no number is covered.
      for (const badge of badges) if (badge.dot) this._drawBadge(badge);
      for (const badge of [...badges].reverse()) if (!badge.dot) this._drawBadge(badge);
      for (const depot of groups.depot) this._drawDepot(depot);
      this._drawMarked();
    },

    _hit(ids, p, r, extra) { this.hits.push({ ids, x: p.x, y: p.y, r, ...extra }); },

    // Points that fall into the same cell of a grid, in the order in which their cells were met.
    _gather(things, side) {
      const cells = new Map();
      for (const thing of things) {
        const p = this._point(thing.place);
        if (!this._seen(p)) continue;
        const key = `${Math.floor((thing.place[0] * this.side) / side)}:${Math.floor((thing.place[1] * this.side) / side)}`;
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push({ thing, p });
      }
      return [...cells.values()];
    },

    // Each badge takes the first free spot, its own or one in rings around it; without one it is a dot.
    _placeBadges(stops, taken) {
      const first = (a, b) => this._weight(b) - this._weight(a) || a.number - b.number || a.at - b.at;
      const zoom = this._map.getZoom(), spots = zoom >= 16 ? SPREAD : SPREAD.slice(0, zoom >= 15 ? 9 : 1);
      return [...stops].sort(first).map((stop) => {
        const home = this._point(stop.place), wide = stop.late > 0 ? 62 : 0;
        for (const [dx, dy] of spots) {
          const box = [home.x + dx - 10.5, home.y + dy - 10.5, home.x + dx + 10.5 + wide, home.y + dy + 10.5];
          if (taken.free(box)) { taken.take(box); return { stop, home, x: home.x + dx, y: home.y + dy, moved: dx !== 0 || dy !== 0 }; }
        }
        return { stop, home, x: home.x, y: home.y, dot: true };
      });
    },

    _weight(stop) { return (this.day.selected.has(stop.thing) ? 4 : 0) + (this.day.hovered === stop.thing ? 2 : 0) + (stop.late > 0 ? 1 : 0); },

    _drawLeader(badge) {
      const color = D.routeColor(badge.stop.number);
      this.brush.stroke([[badge.home.x, badge.home.y, badge.x, badge.y]], this.brush.c.casing, 3, [], 0.9);
      this.brush.stroke([[badge.home.x, badge.home.y, badge.x, badge.y]], color, 1.4, [], 1);
      this.brush.disc(badge.home.x, badge.home.y, 2.6, color, this.brush.c.ring, 1);
    },

    _drawBadge(badge) {
      const { stop } = badge, brush = this.brush, color = D.routeColor(stop.number);
      if (badge.dot) {
        brush.disc(badge.x, badge.y, 5, color, brush.c.ring, 1.5);
        this._hit([stop.thing], badge, 6, { stop });
        return;
      }
      if (stop.late > 0) brush.pill(badge.x + 7, badge.y, `+${stop.late}`, brush.c.late, brush.c.lateText);
      const done = stop.mark === "done";
      const r = brush.badge(badge.x, badge.y, done ? "✓" : stop.mark === "failed" ? "✕" : String(stop.at), stop.mark === "failed" ? brush.c.late : color, done);
      if (stop.mark === "at_risk") brush.text("◆", badge.x + 9, badge.y - 9, 11, brush.c.risk, 700);
      if (stop.locked) brush.lock(badge.x - 9, badge.y - 9);
      this._mark(stop.thing, badge, r);
      this._hit([stop.thing], badge, r, { stop });
    },

    // Dots of the routes in the background; where they crowd, one number stands for them.
    _drawStops(stops, taken) {
      const least = this._map.getZoom() >= 17 ? 2 : GATHER;
      for (const members of this._gather(stops, CELL)) {
        const crowd = members.length >= least && !members.every((m) => this.day.selected.has(m.thing.thing));
        if (crowd && this._drawCluster(members, taken)) continue;
        for (const member of members) this._drawDot(member.thing, member.p);
      }
    },

    _drawCluster(members, taken) {
      const x = members.reduce((sum, m) => sum + m.p.x, 0) / members.length, y = members.reduce((sum, m) => sum + m.p.y, 0) / members.length;
      const box = [x - 13, y - 13, x + 13, y + 13];
      if (!taken.free(box)) return false;
      taken.take(box);
      const counts = new Map();
      for (const { thing } of members) counts.set(thing.number, (counts.get(thing.number) || 0) + 1);
      const shares = [...counts].sort((a, b) => a[0] - b[0]).map(([number, count]) => ({ color: D.routeColor(number), count }));
      const r = this.brush.cluster(x, y, String(members.length), shares);
      if (members.some((m) => m.thing.late > 0)) this.brush.triangle(x + 10, y - 10, 5, this.brush.c.late, this.brush.c.ring);
      const ids = members.map((m) => m.thing.thing);
      for (const id of ids) this._mark(id, { x, y }, r + 1, true);
      this._hit(ids, { x, y }, r, { cluster: members.map((m) => m.thing) });
      return true;
    },

    _drawDot(stop, p) {
      const brush = this.brush, r = 5;
      brush.dot(p.x, p.y, r, stop.mark === "done" ? brush.c.paper : D.routeColor(stop.number), stop.mark === "done" ? D.routeColor(stop.number) : brush.c.ring, 1.5);
      if (stop.late > 0) brush.triangle(p.x + 5, p.y - 6, 5, brush.c.late, brush.c.ring);
      this._mark(stop.thing, p, r);
      this._hit([stop.thing], p, r + 1, { stop });
    },

    _drawPool(members) {
      const p = members[0].p, ids = members.map((m) => m.thing.thing), one = members.length === 1;
      this.brush.diamond(p.x, p.y, one ? 8 : 12);
      if (!one) this.brush.text(String(members.length), p.x, p.y, 10, this.brush.c.mark, 700);
      for (const id of ids) this._mark(id, p, one ? 8 : 12, !one);
      this._hit(ids, p, one ? 8 : 11, one ? { order: members[0].thing } : { cluster: members.map((m) => m.thing) });
    },

    _drawDepot(depot) {
      const p = this._point(depot.place);
      this.brush.house(p.x, p.y);
      this._mark(depot.thing, p, 13);
      this._hit([depot.thing], p, 12, { depot });
    },

    _mark(id, p, r, part) {
      const selected = this.day.selected.has(id), hovered = this.day.hovered === id;
      if (selected || hovered) this.marked.push({ x: p.x, y: p.y, r, dashed: part || !selected });
    },

    _drawMarked() {
      const seen = new Set();
      for (const each of this.marked) {
        const key = `${Math.round(each.x)}:${Math.round(each.y)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        this.brush.halo(each.x, each.y, each.r + 5, this.brush.c.ring, false);
        this.brush.halo(each.x, each.y, each.r + 4, this.brush.c.accent, each.dashed);
      }
      this.marked = [];
    },

    // The topmost mark under a point of the map's pane, or null.
    at(point) {
      let best = null, least = 3;
      for (const hit of this.hits) {
        const away = Math.hypot(hit.x - point.x, hit.y - point.y) - hit.r;
        if (away <= least) { best = hit; least = Math.max(0, away); }
      }
      return best;
    },
  });

  // Both layers as one; the names of the base map have their pane between them.
  D.DayLayers = class {
    constructor(map, day) {
      for (const [pane, height] of [["lines", 430], ["names", 440], ["marks", 450]]) map.createPane(pane).style.zIndex = height;
      map.getPane("names").style.pointerEvents = "none";
      this.lines = new LineLayer(day, { pane: "lines" }).addTo(map);
      this.marks = new MarkLayer(day, { pane: "marks" }).addTo(map);
    }

    style(theme) { this.lines.theme = this.marks.theme = theme; }

    // Lines are costly to paint: they are left as they are where only marks have changed.
    draw(onlyMarks) {
      if (!onlyMarks) this.lines.draw();
      this.marks.draw();
    }


    at(point) { return this.marks.at(point) || this.lines.at(point); }
  };
})((window.Doorstep = window.Doorstep || {}));
