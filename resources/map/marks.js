// The marks of a day: numbered badges of the routes in view, dots and numbers of the others, the pool, depots; none of their words overlap.
(function (D) {
  "use strict";
  const MANY = 400; // more stops of the routes in view than this on the screen are drawn without numbers
  const CROWDED = 250; // more quiet stops than this gather sooner
  const BADGE = 10.5, PILL = 52, PLACE = 7; // half a badge; the pill beside it; pixels within which marks count as one place
  const SPREAD = [[0, 0], ...ringOf(23, 8), ...ringOf(42, 14), ...ringOf(62, 20)];
  const NUDGE = [[0, 0], ...ringOf(10, 8), ...ringOf(18, 8)]; // a number of a crowd stays near it
  const around = (p, r) => [p.x - r, p.y - r, p.x + r, p.y + r];

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
    takeFree(box) { if (!this.free(box)) return false; this.take(box); return true; }
  }

  D.MarkLayer = D.Canvas.extend({
    paint(groups) {
      Object.assign(this, { hits: [], marked: [], labels: [], taken: new Taken(), chosen: this.day.chosenRoutes() });
      const fan = this.fan ? this._placeFan(groups) : [], fanned = new Set(fan.map((each) => each.thing.thing));
      for (const depot of groups.depot) this.taken.take(around(this._point(depot.place), 11));
      const stops = fanned.size ? groups.stop.filter((stop) => !fanned.has(stop.thing)) : groups.stop;
      const shown = stops.filter((stop) => this.chosen.has(stop.route) && this._seen(this._point(stop.place)));
      const numbered = shown.length <= MANY, quiet = this.day.alone && this.chosen.size ? [] : stops.filter((stop) => !this.chosen.has(stop.route));
      const pools = this._crowds("pool", groups.pool.filter((order) => !fanned.has(order.thing)), 16, 2, 26);
      const badges = numbered ? this._placeBadges(shown, pools) : [];
      this._drawQuiet(numbered ? quiet : quiet.concat(shown), numbered && this.chosen.size > 0);
      for (const order of pools.alone) this._drawOrder(order.thing, order.p);
      for (const crowd of pools.crowds) this._drawOrders(crowd);
      for (const badge of badges) if (badge.moved) this._drawLeader(badge);
      // Dots first, then badges from the least to the most important, so that no number is covered.
      for (const badge of badges) if (badge.dot) this._drawBadge(badge);
      for (const badge of [...badges].reverse()) if (!badge.dot) this._drawBadge(badge);
      for (const depot of groups.depot) this._drawDepot(depot);
      this._drawFan(fan);
      this._drawHovered(groups.stop, badges);
      this._drawMarked();
    },

    // A hit is what a click finds; `label` is the box of the words that are drawn there, if any.
    _hit(ids, p, r, extra) { this.hits.push({ ids, x: p.x, y: p.y, r, ...extra }); },
    _label(box) { this.labels.push(box); },

    // Things as single marks and crowds; those out of sight are left out last, so that panning changes no crowd.
    _crowds(kind, things, reach, least, room) {
      const key = `${this.day.version}:${this.side}:${reach}:${least}:${things.length}:${kind === "pool" ? "" : [...this.chosen].join()}:${this.fan ? this.fan.join() : ""}:${this.day.hidden.size}`;
      this.kept = this.kept || {};
      if (!this.kept[kind] || this.kept[kind].key !== key) {
        const points = things.map((thing) => ({ thing, x: thing.place[0] * this.side, y: thing.place[1] * this.side }));
        this.kept[kind] = { key, ...D.gather(points, reach, least, room) };
      }
      const here = (each) => ({ x: each.x - this.origin.x, y: each.y - this.origin.y }), { alone, crowds } = this.kept[kind];
      const seen = (list, made) => list.map((each) => ({ ...made(each), p: here(each) })).filter((each) => this._seen(each.p));
      return { alone: seen(alone, (each) => ({ thing: each.thing })), crowds: seen(crowds, (crowd) => ({ things: crowd.members.map((each) => each.thing) })) };
    },

    // The selected badge first, then the pool, then by weight: each takes the first free spot, its own or one in rings around it; without
    // one it is a dot.
    _placeBadges(stops, pools) {
      const ends = this._ends(), weight = (stop) => this._weight(stop) + (ends.has(stop.thing) ? 1 : 0);
      const sorted = stops.map((stop) => ({ stop, weight: weight(stop) })).sort((a, b) => b.weight - a.weight || a.stop.number - b.stop.number || a.stop.at - b.stop.at);
      const firm = sorted.filter((each) => each.weight >= 8).map(({ stop }) => this._placeBadge(stop));
      for (const each of pools.alone) this.taken.take(around(each.p, 6));
      for (const each of pools.crowds) this.taken.take(around(each.p, 12));
      return firm.concat(sorted.filter((each) => each.weight < 8).map(({ stop }) => this._placeBadge(stop)));
    },

    _placeBadge(stop) {
      const home = this._point(stop.place), zoom = this._map.getZoom(), spots = zoom >= 16 ? SPREAD : SPREAD.slice(0, zoom >= 15 || stop.late > 0 ? 9 : 1);
      const left = stop.locked ? 6 : 0;
      for (const pill of stop.late > 0 ? [PILL, -PILL, 0] : [0])
        for (const [dx, dy] of pill ? spots.slice(0, 9) : spots) {
          const x = home.x + dx, y = home.y + dy;
          const box = [x - BADGE - left + Math.min(0, pill), y - BADGE - left, x + BADGE + Math.max(0, pill), y + BADGE];
          if (this.taken.takeFree(box)) return { stop, home, x, y, pill, box, moved: dx !== 0 || dy !== 0 };
        }
      return { stop, home, x: home.x, y: home.y, dot: true };
    },

    // The first and the last stop of each route in view.
    _ends() {
      const ends = new Map();
      for (const stop of this.day.grouped().stop) {
        if (!this.chosen.has(stop.route)) continue;
        const known = ends.get(stop.route);
        ends.set(stop.route, known ? [known[0], stop.thing] : [stop.thing, stop.thing]);
      }
      return new Set([...ends.values()].flat());
    },

    _weight(stop) { return (this.day.selected.has(stop.thing) ? 8 : 0) + (stop.late > 0 || stop.broken ? 2 : 0); },

    _drawLeader(badge) {
      const color = D.routeColor(badge.stop.number), line = [[badge.home.x, badge.home.y, badge.x, badge.y]];
      this.brush.stroke(line, this.brush.c.casing, 3, [], 0.9);
      this.brush.stroke(line, color, 1.4, [], 1);
      this.brush.disc(badge.home.x, badge.home.y, 2.6, color, this.brush.c.ring, 1);
    },

    _drawBadge(badge) {
      const { stop } = badge, brush = this.brush, color = D.routeColor(stop.number);
      if (badge.dot) {
        brush.disc(badge.x, badge.y, 4.5, color, brush.c.ring, 1.5);
        if (stop.broken) brush.warning(badge.x + 6, badge.y + 6);
        if (stop.late > 0) brush.triangle(badge.x + 5, badge.y - 6, 5, brush.c.late, brush.c.ring);
        this._mark(stop, badge, 5);
        this._hit([stop.thing], badge, 6, { stop });
        return;
      }
      if (badge.pill > 0) brush.pill(badge.x + 7, badge.y, `+${stop.late}`, brush.c.late, brush.c.lateText);
      else if (badge.pill < 0) brush.pill(badge.x - 7 - brush.pillWidth(`+${stop.late}`), badge.y, `+${stop.late}`, brush.c.late, brush.c.lateText);
      else if (stop.late > 0) brush.triangle(badge.x + 9, badge.y - 9, 5, brush.c.late, brush.c.ring);
      const done = stop.mark === "done";
      const r = brush.badge(badge.x, badge.y, done ? "✓" : stop.mark === "failed" ? "✕" : String(stop.at), stop.mark === "failed" ? brush.c.late : color, done);
      if (stop.mark === "at_risk") brush.text("◆", badge.x + 9, badge.y - 9, 11, brush.c.risk, 700);
      if (stop.locked) brush.lock(badge.x - 9, badge.y - 9);
      this._label(badge.box);
      this._mark(stop, badge, r);
      const out = this.day.selected.has(stop.thing) ? 14 : 9; // outside the ring of the selection
      if (stop.broken) brush.warning(badge.x + out, badge.y + out);
      this._hit([stop.thing], badge, r, { stop });
    },

    // Stops of the routes in the background; where they crowd, one number stands for them. `faded`: another route is in view.
    _drawQuiet(stops, faded) {
      const close = this._map.getZoom() >= 17, crowded = stops.length > CROWDED && !close;
      const { alone, crowds } = this._crowds("stop", stops, close ? 12 : crowded ? 30 : 22, close || crowded ? 2 : 3, faded ? 25 : 30);
      this.brush.fade(faded ? 0.65 : 1, () => { for (const { thing, p } of alone) this._drawDot(thing, p, faded); });
      for (const crowd of crowds) this._drawCrowd(crowd, faded);
    },

    _drawCrowd({ things, p }, faded) {
      const size = faded ? 11 : 13, late = things.some((thing) => thing.late > 0), more = late ? 4 : 0;
      const box = (dx, dy) => [p.x + dx - size, p.y + dy - size - more, p.x + dx + size + more, p.y + dy + size];
      const spot = NUDGE.find(([dx, dy]) => this.taken.takeFree(box(dx, dy)));
      if (!spot) { for (const thing of things) this._drawDot(thing, this._point(thing.place), faded); return; }
      const at = { x: p.x + spot[0], y: p.y + spot[1] }, counts = new Map();
      for (const { number } of things) counts.set(number, (counts.get(number) || 0) + 1);
      const shares = [...counts].sort((a, b) => a[0] - b[0]).map(([number, count]) => ({ color: D.routeColor(number), count }));
      const r = this.brush.cluster(at.x, at.y, String(things.length), shares, size, faded);
      if (late) this.brush.triangle(at.x + r - 3, at.y - r + 3, 5, this.brush.c.late, this.brush.c.ring);
      if (things.some((thing) => thing.broken)) this.brush.warning(at.x + r - 3, at.y + r - 3);
      this._label(around(at, size));
      for (const thing of things) this._mark(thing, at, r + 1, true);
      this._hit(things.map((thing) => thing.thing), at, r, { cluster: things });
    },

    _drawDot(stop, p, faded) {
      const brush = this.brush, r = faded ? 3.6 : 4.6, done = stop.mark === "done", color = D.routeColor(stop.number);
      brush.dot(p.x, p.y, r, done ? brush.c.paper : color, done ? color : brush.c.ring, 1.4);
      if (stop.broken) brush.warning(p.x + 5, p.y + 6);
      if (stop.late > 0) brush.triangle(p.x + 5, p.y - 6, 4.5, brush.c.late, brush.c.ring);
      this._mark(stop, p, r);
      this._hit([stop.thing], p, r + 1.5, { stop });
    },

    // The route under the pointer stands out from the quiet ones; the stop itself shows its number. Nothing else moves for it.
    _drawHovered(stops, badges) {
      const id = this.day.hoveredRoute();
      if (!id) return;
      if (this.chosen.has(id)) {
        const dot = badges.find((badge) => badge.dot && badge.stop.thing === this.day.hovered);
        if (dot) this.brush.badge(dot.x, dot.y, String(dot.stop.at), D.routeColor(dot.stop.number), false);
        return;
      }
      let under = null;
      for (const stop of stops) {
        if (stop.route !== id) continue;
        if (stop.thing === this.day.hovered) under = stop;
        const p = this._point(stop.place);
        if (this._seen(p)) this.brush.dot(p.x, p.y, 4.6, D.routeColor(stop.number), this.brush.c.ring, 1.4);
      }
      if (!under) return;
      const p = this._point(under.place), r = this.brush.badge(p.x, p.y, String(under.at), D.routeColor(under.number), false);
      this.marked.push({ x: p.x, y: p.y, r, dashed: true });
    },

    _drawOrder(order, p) {
      this.brush.diamond(p.x, p.y, 8);
      this._mark(order, p, 8);
      this._hit([order.thing], p, 8, { order });
    },

    _drawOrders({ things, p }) {
      this.brush.diamond(p.x, p.y, 13);
      this.brush.text(String(things.length), p.x, p.y, 10.5, this.brush.c.mark, 700);
      this._label(around(p, 8));
      for (const thing of things) this._mark(thing, p, 13, true);
      this._hit(things.map((thing) => thing.thing), p, 11, { cluster: things });
    },

    _drawDepot(depot) {
      const p = this._point(depot.place);
      this.brush.house(p.x, p.y);
      this._mark(depot, p, 13);
      this._hit([depot.thing], p, 12, { depot });
    },

    // Things of one place, fanned out so that each can be clicked.
    _placeFan(groups) {
      const wanted = new Set(this.fan), things = [...groups.stop, ...groups.pool].filter((each) => wanted.has(each.thing));
      if (things.length < 2) { this.fan = null; return []; }
      const points = things.map((each) => this._point(each.place)), spots = D.fan(things.length);
      const home = { x: points.reduce((sum, p) => sum + p.x, 0) / points.length, y: points.reduce((sum, p) => sum + p.y, 0) / points.length };
      const placed = things.map((thing, at) => ({ thing, home, x: home.x + spots[at][0], y: home.y + spots[at][1] }));
      for (const each of placed) this.taken.take(around(each, 12));
      return placed;
    },

    _drawFan(placed) {
      const brush = this.brush;
      if (placed.length) brush.disc(placed[0].home.x, placed[0].home.y, 3, brush.c.mark);
      for (const each of placed) brush.stroke([[each.home.x, each.home.y, each.x, each.y]], brush.c.mark, 1, [], 0.6);
      for (const { thing, x, y } of placed) {
        if (thing.kind === "pool") this._drawOrder(thing, { x, y });
        else this._drawBadge({ stop: thing, x, y, pill: 0, box: around({ x, y }, BADGE) });
      }
    },

    // Rings: solid around what is selected, dashed around what the pointer is on, dotted around what a proposal moves.
    _mark(thing, p, r, part) {
      const selected = this.day.selected.has(thing.thing), hovered = this.day.hovered === thing.thing;
      if (thing.moved && !selected && !part) this.brush.halo(p.x, p.y, r + 3.5, this.brush.c.mark, true, 1.6);
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
    },

    // The topmost mark under a point of the map's pane, or null. Single marks of one place count as a crowd.
    at(point) {
      let best = null, least = 3;
      for (const hit of this.hits || []) {
        const away = Math.hypot(hit.x - point.x, hit.y - point.y) - hit.r;
        if (away <= least) { best = hit; least = Math.max(0, away); }
      }
      if (!best || best.cluster || best.depot || best.r >= BADGE - 1) return best; // a badge with its number stands for itself
      const same = this.hits.filter((hit) => (hit.stop || hit.order) && Math.hypot(hit.x - best.x, hit.y - best.y) < PLACE);
      return same.length < 2 ? best : { ...best, ids: same.flatMap((hit) => hit.ids), stop: null, order: null, cluster: same.map((hit) => hit.stop || hit.order) };
    },
  });
})((window.Doorstep = window.Doorstep || {}));
