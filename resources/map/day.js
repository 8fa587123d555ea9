// What a day holds and where it lies on the screen: features by id, points in the unit square of web mercator, groups, and the
// answers to "what is here" and "what is inside this ring".
(function (D) {
  "use strict";

  const unit = (position) => [
    (position[0] + 180) / 360,
    0.5 - Math.asinh(Math.tan((Math.max(-85, Math.min(85, position[1])) * Math.PI) / 180)) / (2 * Math.PI),
  ];

  // A line as flat numbers x, y, x, y … in the unit square, and the box around it.
  function trail(count, position) {
    const flat = new Float64Array(2 * count), box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      const [x, y] = unit(position(i));
      flat[2 * i] = x;
      flat[2 * i + 1] = y;
      box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y); box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    }
    return { flat, box };
  }

  // The positions of a line that is written as steps in parts of a degree, one after the other.
  function walk(steps, units) {
    let east = 0, north = 0;
    return (i) => { east += steps[2 * i]; north += steps[2 * i + 1]; return [east / units, north / units]; };
  }

  D.inRing = function (point, ring) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i], b = ring[j];
      if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
  };

  // Distance from a point to a line of flat numbers.
  D.toLine = function (point, line) {
    let best = Infinity;
    for (let i = 2; i < line.length; i += 2) {
      const ax = line[i - 2], ay = line[i - 1], dx = line[i] - ax, dy = line[i + 1] - ay;
      const t = Math.max(0, Math.min(1, ((point.x - ax) * dx + (point.y - ay) * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(point.x - ax - t * dx, point.y - ay - t * dy));
    }
    return best;
  };

  D.Day = class {
    constructor() {
      this.things = new Map();
      this.selected = new Set();
      this.hovered = null;
      this.hidden = new Set(); // kinds that are left out
      this.alone = false; // whether other routes are left out while one is in view
      this.groups = null;
      this.version = 0;
    }

    hide(hidden, alone) {
      this.hidden = new Set(hidden);
      this.alone = alone;
      this.groups = null;
    }

    change(put, drop) {
      for (const id of drop) this.things.delete(id);
      for (const feature of put) {
        const made = { ...feature.properties, id: feature.id };
        const at = feature.geometry.coordinates;
        if (feature.geometry.type === "Point") made.place = unit(at);
        else if (feature.geometry.type === "Paths") made.lines = at.map((steps) => trail(steps.length / 2, walk(steps, feature.geometry.units)));
        else made.lines = at.map((line) => trail(line.length, (i) => line[i]));
        this.things.set(feature.id, made);
      }
      this.groups = null;
      this.version += 1;
    }

    // Groups by kind, routes and stops in the order of their numbers; kept until the day changes.
    grouped() {
      if (!this.groups) {
        this.groups = { route: [], stop: [], pool: [], depot: [], closure: [], ghost: [] };
        for (const thing of this.things.values()) if (!this.hidden.has(thing.kind)) this.groups[thing.kind].push(thing);
        this.groups.route.sort((a, b) => a.number - b.number);
        this.groups.stop.sort((a, b) => a.number - b.number || a.at - b.at);
      }
      return this.groups;
    }

    // The thing on the map for an id of a stop, an order, a route …
    thing(id) {
      for (const kind of ["stop", "pool", "route", "depot", "closure"]) { const found = this.things.get(`${kind}:${id}`); if (found) return found; }
      return null;
    }

    routeOf(id) {
      const thing = id ? this.thing(id) : null;
      return thing && thing.kind === "route" ? thing.thing : thing && thing.kind === "stop" ? thing.route : null;
    }

    // Routes in view: those selected, or with a selected stop. Their stops are numbered.
    chosenRoutes() {
      const chosen = new Set();
      for (const id of this.selected) { const route = this.routeOf(id); if (route) chosen.add(route); }
      return chosen;
    }

    hoveredRoute() { return this.routeOf(this.hovered); }

    // Routes in full colour: those in view and that under the pointer.
    activeRoutes() {
      const active = this.chosenRoutes(), under = this.hoveredRoute();
      return under ? active.add(under) : active;
    }

    // Whether nothing but depots is shown: then the town around them is more use than their street.
    bare() { return ![...this.things.values()].some((thing) => thing.place && thing.kind !== "closure" && thing.kind !== "depot"); }

    // Bounds of all points as [[south, west], [north, east]], or null for none; of `wanted` things only, where given.
    bounds(wanted) {
      const places = [];
      for (const thing of this.things.values()) if (thing.place && thing.kind !== "closure" && (!wanted || wanted(thing))) places.push(thing.place);
      if (!places.length) return null;
      const xs = places.map((p) => p[0]), ys = places.map((p) => p[1]);
      const lat = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
      return [[lat(Math.max(...ys)), Math.min(...xs) * 360 - 180], [lat(Math.min(...ys)), Math.max(...xs) * 360 - 180]];
    }

    // Ids of stops and pool orders whose point lies inside a ring of latitudes and longitudes.
    inside(ring) {
      const corners = ring.map((p) => unit([p.lng, p.lat])).map((p) => ({ x: p[0], y: p[1] }));
      const { stop, pool } = this.grouped(), chosen = this.chosenRoutes(), alone = this.alone && chosen.size > 0;
      return [...stop.filter((each) => !alone || chosen.has(each.route)), ...pool].filter((each) => D.inRing({ x: each.place[0], y: each.place[1] }, corners)).map((each) => each.thing);
    }
  };
})((window.Doorstep = window.Doorstep || {}));
