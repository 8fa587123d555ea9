// Pointer and keys: picking, hovering, and the modes "set a pin", "draw a closure", "choose a road" and "lasso". Says what was done through `tell`.
(function (D) {
  "use strict";
  const NEAR = 10; // pixels to the first point that close a ring
  const ONE_PLACE = 60; // pixels at the deepest zoom within which marks do not come apart by going nearer
  const MOST = 40; // marks of one place that are fanned out

  D.Pointer = class {
    constructor(map, day, layer, tell) {
      Object.assign(this, { map, day, layer, tell, mode: null, drawn: [], lasso: null, card: new D.Card(map, day) });
      this.hint = L.DomUtil.create("div", "hint", map.getContainer());
      this.hint.setAttribute("role", "status");
      this.sketch = L.polyline([], { color: "#B42318", weight: 3, dashArray: "6 5", interactive: false }).addTo(map);
      this.corner = L.circleMarker([0, 0], { radius: 6, color: "#B42318", fillOpacity: 0.5, interactive: false });
      this.ring = L.polygon([], { color: "#0B57D0", weight: 1.5, fillOpacity: 0.12, dashArray: "5 4", interactive: false }).addTo(map);
      map.on("click", (e) => this.click(e));
      map.on("dblclick", (e) => this.doubleClick(e));
      map.on("contextmenu", (e) => { if (!this.mode && this.tell.ask) this.tell.ask(e.latlng); });
      map.on("mousemove", (e) => this.move(e));
      map.on("mouseout", () => this.rest(null));
      const box = map.getContainer();
      box.addEventListener("mousedown", (e) => this.press(e), true);
      window.addEventListener("pointermove", (e) => this.drag(e));
      window.addEventListener("mouseup", (e) => this.release(e));
      box.addEventListener("keydown", (e) => this.key(e));
    }

    how(event) { return event.shiftKey ? "add" : event.ctrlKey || event.metaKey ? "toggle" : "replace"; }

    click(e) {
      if (this.mode === "road") { this.tell.road(e.latlng); this.leave(true); return; }
      if (this.mode === "pin") { this.tell.drop(e.latlng); this.leave(true); return; }
      if (this.drawing()) { this.corners(e); return; }
      if (this.mode === "lasso" || this.swallow) { this.swallow = false; return; }
      const hit = this.layer.at(e.layerPoint), how = this.how(e.originalEvent);
      if (hit && hit.cluster && how === "replace" && this.spread(hit)) return;
      if (this.layer.marks.fan && !(hit && this.layer.marks.fan.includes(hit.ids[0]))) this.layer.spread(null);
      this.tell.pick(hit ? hit.ids : [], how, false);
    }

    // A number that stands for several marks: nearer, until they come apart; those of one place fan out. Too many for that are picked together.
    spread(hit) {
      const members = new Set(hit.ids), deepest = this.map.getMaxZoom(), bounds = this.day.bounds((each) => members.has(each.thing));
      const apart = this.map.project(bounds[0], deepest).distanceTo(this.map.project(bounds[1], deepest));
      if (apart > ONE_PLACE && this.map.getZoom() < deepest) {
        const wanted = Math.max(this.map.getZoom() + 1, Math.min(this.map.getBoundsZoom(bounds, false, L.point(120, 120)), this.map.getZoom() + 3));
        this.map.setView(L.latLngBounds(bounds).getCenter(), Math.min(deepest, Math.round(wanted)), { animate: false });
        return true;
      }
      if (hit.ids.length > MOST) return false;
      this.card.hide();
      this.layer.spread(hit.ids);
      return true;
    }

    doubleClick(e) {
      if (this.drawing()) { this.finish(false); return; }
      if (this.mode) return;
      const hit = this.layer.at(e.layerPoint);
      if (hit && !hit.cluster) this.tell.pick(hit.ids, "replace", true);
      else if (!hit) this.map.setZoomAround(e.latlng, this.map.getZoom() + (e.originalEvent.shiftKey ? -1 : 1));
    }

    move(e) {
      if (this.drawing() && this.drawn.length) this.sketch.setLatLngs([...this.drawn, e.latlng]);
      if (this.mode || this.lasso) return;
      this.rest(this.layer.at(e.layerPoint), e.containerPoint);
    }

    rest(hit, point) {
      const id = hit && hit.ids.length === 1 ? hit.ids[0] : null;
      this.map.getContainer().classList.toggle("over", Boolean(hit));
      this.card.show(hit, point);
      if (id === this.rested) return;
      this.rested = id;
      this.tell.hover(id || "");
    }

    start(mode, words) {
      this.leave(false);
      this.mode = mode;
      this.hint.textContent = words;
      this.hint.classList.toggle("shown", Boolean(words));
      this.map.getContainer().classList.add("aiming");
      this.map.getContainer().focus({ preventScroll: true });
      this.rest(null);
    }

    leave(said) {
      const mode = this.mode;
      this.mode = null;
      this.drawn = [];
      this.sketch.setLatLngs([]);
      this.corner.remove();
      this.dropLasso();
      this.hint.classList.remove("shown");
      this.map.getContainer().classList.remove("aiming");
      if (said && mode) this.tell.left();
    }

    corners(e) {
      const first = this.drawn[0];
      if (this.drawn.length >= 3 && this.map.latLngToLayerPoint(first).distanceTo(e.layerPoint) <= NEAR) { this.finish(true); return; }
      const last = this.drawn[this.drawn.length - 1];
      if (last && this.map.latLngToLayerPoint(last).distanceTo(e.layerPoint) < 3) return;
      this.drawn.push(e.latlng);
      this.sketch.setLatLngs(this.drawn);
      if (this.drawn.length === 1) this.corner.setLatLng(e.latlng).addTo(this.map);
    }

    // Modes in which clicks set corners: the line of a closure, or the area whose marks are picked.
    drawing() { return this.mode === "closure" || this.mode === "polygon"; }

    finish(ring) {
      if (this.mode === "polygon") {
        if (this.drawn.length >= 3) this.tell.pick(this.day.inside(this.drawn), "replace", false);
        this.leave(true);
        return;
      }
      const points = ring ? [...this.drawn, this.drawn[0]] : this.drawn;
      if (points.length >= 2) this.tell.close(points);
      this.leave(true);
    }

    press(e) {
      if (e.button !== 0 || !(this.mode === "lasso" || (e.shiftKey && !this.mode)) || e.target.closest(".leaflet-control, .panel")) return;
      const how = this.mode === "lasso" ? this.how(e) : e.ctrlKey || e.metaKey ? "toggle" : "add";
      this.lasso = { points: [this.map.mouseEventToLatLng(e)], x: e.clientX, y: e.clientY, how, far: false, box: this.mode !== "lasso" };
      this.rest(null);
      this.map.dragging.disable();
    }

    drag(e) {
      if (!this.lasso) return;
      this.lasso.far = this.lasso.far || Math.hypot(e.clientX - this.lasso.x, e.clientY - this.lasso.y) > 6;
      if (this.lasso.box) this.lasso.points = this.corner4(this.lasso, e);
      // Between two frames the pointer may have moved more than once.
      else for (const each of [...e.getCoalescedEvents(), e]) this.lasso.points.push(this.map.mouseEventToLatLng(each));
      if (this.lasso.far) this.ring.setLatLngs(this.lasso.points);
    }

    // The corners of the box between where the button went down and where the pointer is.
    corner4(from, e) {
      const place = (x, y) => this.map.mouseEventToLatLng({ clientX: x, clientY: y });
      return [place(from.x, from.y), place(e.clientX, from.y), place(e.clientX, e.clientY), place(from.x, e.clientY)];
    }

    release(e) {
      if (!this.lasso) return;
      if (this.lasso.box && e) this.lasso.points = this.corner4(this.lasso, e);
      const { points, how, far } = this.lasso;
      this.dropLasso();
      if (!far) return;
      this.swallow = true;
      setTimeout(() => { this.swallow = false; }, 0);
      this.tell.pick(this.day.inside(points), how, false);
      if (this.mode === "lasso") this.leave(true);
    }

    dropLasso() {
      if (this.lasso) this.map.dragging.enable();
      this.lasso = null;
      this.ring.setLatLngs([]);
    }

    key(e) {
      if (e.key === "Escape" && (this.mode || this.lasso)) { e.stopPropagation(); this.leave(true); }
      else if (e.key === "Escape" && this.layer.marks.fan) { e.stopPropagation(); this.layer.spread(null); }
      if (e.key === "Enter" && this.drawing()) { e.stopPropagation(); this.finish(false); }
    }
  };
})((window.Doorstep = window.Doorstep || {}));
