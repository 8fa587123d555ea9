// What a day holds and where it lies on the screen: features by id, points in the unit square of web mercator, groups, and the
// answers to "what is here" and "what is inside this ring".
(function (D) {
  "use strict";

  const unit = (position) => [
    (position[0] + 180) / 360,
    0.5 - Math.asinh(Math.tan((Math.max(-85, Math.min(85, position[1])) * Math.PI) / 180)) / (2 * Math.PI),
  ];

  D.inRing = function (point, ring) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i], b = ring[j];
      if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
  };

  D.toLine = function (point, line) {
    let best = Infinity;
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1], b = line[i], dx = b.x - a.x, dy = b.y - a.y;
      const t = Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy));
    }
    return best;
  };

  D.Day = class {
    constructor() {
      this.things = new Map();
      this.selected = new Set();
      this.hovered = null;
      this.groups = null;
    }

    change(put, drop) {
      for (const id of drop) this.things.delete(id);
      for (const feature of put) {
        const made = { ...feature.properties, id: feature.id };
        const at = feature.geometry.coordinates;
        if (feature.geometry.type === "Point") made.place = unit(at);
        else made.lines = at.map((line) => line.map(unit));
        this.things.set(feature.id, made);
      }
      this.groups = null;
    }

    // Groups by kind, routes and stops in the order of their numbers; kept until the day changes.
    grouped() {
      if (!this.groups) {
        this.groups = { route: [], stop: [], pool: [], depot: [], closure: [], ghost: [] };
        for (const thing of this.things.values()) this.groups[thing.kind].push(thing);
        this.groups.route.sort((a, b) => a.number - b.number);
        this.groups.stop.sort((a, b) => a.number - b.number || a.at - b.at);
      }
      return this.groups;
    }

    // Routes in full colour: those selected, or with a selected stop, or under the pointer.
    activeRoutes() {
      const active = new Set();
      for (const thing of this.things.values()) {
        const marked = this.selected.has(thing.thing) || thing.thing === this.hovered;
        if (marked && thing.kind === "route") active.add(thing.thing);
        if (marked && thing.kind === "stop") active.add(thing.route);
      }
      return active;
    }

    // Bounds of all points as [[south, west], [north, east]], or null for none.
    bounds() {
      const places = [];
      for (const thing of this.things.values()) if (thing.place && thing.kind !== "closure") places.push(thing.place);
      if (!places.length) return null;
      const xs = places.map((p) => p[0]), ys = places.map((p) => p[1]);
      const lat = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
      return [[lat(Math.max(...ys)), Math.min(...xs) * 360 - 180], [lat(Math.min(...ys)), Math.max(...xs) * 360 - 180]];
    }

    // Ids of stops and pool orders whose point lies inside a ring of latitudes and longitudes.
    inside(ring) {
      const corners = ring.map((p) => unit([p.lng, p.lat])).map((p) => ({ x: p[0], y: p[1] }));
      const { stop, pool } = this.grouped();
      return [...stop, ...pool].filter((each) => D.inRing({ x: each.place[0], y: each.place[1] }, corners)).map((each) => each.thing);
    }
  };
})((window.Doorstep = window.Doorstep || {}));
