// Orders in the hand: marks that are dragged on the map, and orders that the window holds over it. Says which stop, line of a route or depot lies
// under the pointer, shows that place, and leaves what happens then to the window.
(function (D) {
  "use strict";
  const FAR = 6; // pixels after which a pressed mark is dragged
  const NEAR = 12, LINE = 24, WANTED = 8; // pixels: to a mark, to a line; so much nearer count the routes in view
  const latLng = ([x, y]) => [(Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI, x * 360 - 180];
  const NOTHING = { kind: "", id: "", at: 0 };

  D.Carry = class {
    constructor(map, day, layer, pointer, tell) {
      Object.assign(this, { map, day, layer, pointer, tell, start: null, ids: null, last: null });
      map.createPane("carry").style.zIndex = 460;
      map.getPane("carry").style.pointerEvents = "none";
      const made = { pane: "carry", interactive: false };
      this.leg = L.polyline([], { ...made, weight: 9, opacity: 0.45 }).addTo(map);
      this.detour = L.polyline([], { ...made, weight: 2, dashArray: "5 5" }).addTo(map);
      this.halo = L.circleMarker([0, 0], { ...made, radius: 16, weight: 3, fillOpacity: 0.15 });
      const box = map.getContainer();
      box.addEventListener("mousedown", (e) => this.press(e), true);
      window.addEventListener("pointermove", (e) => this.move(e));
      window.addEventListener("mouseup", (e) => this.release(e));
      window.addEventListener("keydown", (e) => { if (e.key === "Escape" && this.ids) { e.stopPropagation(); e.preventDefault(); this.end(true); } }, true);
      window.addEventListener("blur", () => this.end(true));
    }

    // Marks that would be dragged from a point: all that are selected where one of them is grabbed. A number that stands for several is dragged
    // only where all of them are selected; else the map itself moves.
    grabbed(hit) {
      if (!hit || hit.depot || hit.line || !hit.ids.length) return null;
      const selected = hit.ids.every((id) => this.day.selected.has(id));
      if (selected) return [...this.day.selected].filter((id) => { const thing = this.day.thing(id); return thing && (thing.kind === "stop" || thing.kind === "pool"); });
      return hit.cluster ? null : hit.ids;
    }

    press(e) {
      const { pointer } = this;
      if (e.button !== 0 || e.shiftKey || e.ctrlKey || e.metaKey || pointer.mode || pointer.lasso || e.target.closest(".leaflet-control, .panel, .choice, .choice-pin")) return;
      const ids = this.grabbed(this.layer.marks.at(this.map.mouseEventToLayerPoint(e)));
      if (!ids || !ids.length) return;
      this.start = { x: e.clientX, y: e.clientY, ids };
      this.map.dragging.disable();
    }

    move(e) {
      if (!this.start) return;
      if (!this.ids) {
        if (Math.hypot(e.clientX - this.start.x, e.clientY - this.start.y) <= FAR) return;
        this.ids = this.start.ids;
        this.pointer.rest(null);
        this.map.getContainer().classList.add("carrying");
      }
      this.over(this.map.mouseEventToContainerPoint(e));
    }

    release(e) {
      if (!this.start) return;
      if (this.ids) {
        this.pointer.swallow = true;
        setTimeout(() => { this.pointer.swallow = false; }, 0);
        this.last = this.map.mouseEventToContainerPoint(e);
        this.say("drop");
      }
      this.end(false);
    }

    end(said) {
      if (!this.start && !this.last) return;
      if (said && this.ids) this.tell([], NOTHING, 0, 0, "end");
      if (this.start) this.map.dragging.enable();
      this.start = this.ids = this.last = null;
      this.map.getContainer().classList.remove("carrying");
      this.show(NOTHING);
    }

    // What the window holds over the map: a point, or none where it has left.
    held(act) {
      if (act.phase === "end") { this.end(false); return; }
      this.last = L.point(act.x, act.y);
      if (act.phase === "drop") { this.say("drop"); this.end(false); } else this.over(this.last);
    }

    // Once a frame: what lies under the pointer.
    over(point) {
      this.last = point;
      if (this.waiting) return;
      this.waiting = true;
      requestAnimationFrame(() => { this.waiting = false; if (this.last) this.say("over"); });
    }

    say(phase) {
      const under = this.under(this.last);
      this.show(under);
      this.tell(this.ids || [], under, this.last.x, this.last.y, phase);
    }

    under(point) {
      const size = this.map.getSize();
      if (point.x < 0 || point.y < 0 || point.x >= size.x || point.y >= size.y) return NOTHING;
      const at = this.map.containerPointToLayerPoint(point);
      return this.markAt(at) || this.lineAt(at) || NOTHING;
    }

    wanted(route) { return this.layer.marks.chosen && this.layer.marks.chosen.has(route) ? WANTED : 0; }

    markAt(point) {
      let best = null, least = NEAR;
      for (const hit of this.layer.marks.hits || []) {
        const stops = hit.depot ? [] : (hit.cluster || [hit.stop]).filter((each) => each && each.kind === "stop");
        if (!hit.depot && !stops.length) continue;
        const stop = stops.find((each) => this.wanted(each.route)) || stops[0];
        const away = Math.hypot(hit.x - point.x, hit.y - point.y) - hit.r - (stop ? this.wanted(stop.route) / 2 : 0);
        if (away < least) { least = away; best = hit.depot ? { kind: "depot", id: hit.depot.thing, at: 0, x: hit.x, y: hit.y } : { kind: "stop", id: stop.thing, at: stop.at, x: hit.x, y: hit.y }; }
      }
      return best;
    }

    lineAt(point) {
      const marks = this.layer.marks, side = marks.side, ox = marks.origin.x, oy = marks.origin.y;
      let best = null, least = LINE;
      for (const route of this.day.grouped().route) {
        const bonus = this.wanted(route.thing);
        if (this.day.alone && marks.chosen && marks.chosen.size && !bonus) continue;
        route.lines.forEach((line, at) => {
          const [west, north, east, south] = line.box;
          if (point.x < west * side - ox - LINE || point.x > east * side - ox + LINE || point.y < north * side - oy - LINE || point.y > south * side - oy + LINE) return;
          const away = D.toLine(point, line.flat.map((each, i) => each * side - (i % 2 ? oy : ox))) - bonus;
          if (away < least) { least = away; best = { kind: "line", id: route.thing, at, line }; }
        });
      }
      return best;
    }

    // The place under the pointer: the piece of road that would be left with the way there and back, a ring around a stop or the depot.
    show(under) {
      const color = this.layer.marks.brush ? this.layer.marks.brush.c.accent : "#0B57D0";
      for (const each of [this.leg, this.detour, this.halo]) each.setStyle({ color, fillColor: color });
      const flat = under.line ? under.line.flat : [], ends = flat.length ? [latLng(flat), latLng(flat.slice(-2))] : [];
      const points = [];
      for (let i = 0; i < flat.length; i += 2) points.push(latLng([flat[i], flat[i + 1]]));
      this.leg.setLatLngs(points);
      this.detour.setLatLngs(ends.length && this.last ? [ends[0], this.map.containerPointToLatLng(this.last), ends[1]] : []);
      if (under.x === undefined) this.halo.remove();
      else this.halo.setLatLng(this.map.layerPointToLatLng([under.x, under.y])).addTo(this.map);
    }
  };
})((window.Doorstep = window.Doorstep || {}));
