// Pointer and keys: picking, hovering, and the modes "set a pin", "draw a closure" and "lasso". Says what was done through `tell`.
(function (D) {
  "use strict";
  const NEAR = 10; // pixels to the first point that close a ring

  D.Pointer = class {
    constructor(map, day, layer, tell) {
      Object.assign(this, { map, day, layer, tell, mode: null, drawn: [], lasso: null });
      this.tip = L.DomUtil.create("div", "tip", map.getContainer());
      this.tip.setAttribute("role", "tooltip");
      this.hint = L.DomUtil.create("div", "hint", map.getContainer());
      this.hint.setAttribute("role", "status");
      this.sketch = L.polyline([], { color: "#B42318", weight: 3, dashArray: "6 5", interactive: false }).addTo(map);
      this.corner = L.circleMarker([0, 0], { radius: 6, color: "#B42318", fillOpacity: 0.5, interactive: false });
      this.ring = L.polygon([], { color: "#0B57D0", weight: 1.5, fillOpacity: 0.12, dashArray: "5 4", interactive: false }).addTo(map);
      map.on("click", (e) => this.click(e));
      map.on("dblclick", (e) => this.doubleClick(e));
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
      if (this.mode === "pin") { this.tell.drop(e.latlng); this.leave(true); return; }
      if (this.mode === "closure") { this.corners(e); return; }
      if (this.mode === "lasso" || this.swallow) { this.swallow = false; return; }
      const hit = this.layer.at(e.layerPoint), how = this.how(e.originalEvent);
      if (hit && hit.cluster && how === "replace" && this.spread(hit)) return;
      this.tell.pick(hit ? hit.ids : [], how, false);
    }

    // A number that stands for several marks: nearer, until they come apart; those of one place are picked together.
    spread(hit) {
      const places = hit.cluster.map((each) => each.place);
      const wide = Math.max(...[0, 1].map((axis) => Math.max(...places.map((p) => p[axis])) - Math.min(...places.map((p) => p[axis]))));
      if (this.map.getZoom() >= this.map.getMaxZoom() || wide < 1e-8) return false;
      const middle = this.map.layerPointToLatLng(L.point(hit.x, hit.y));
      this.map.setView(middle, Math.min(this.map.getMaxZoom(), this.map.getZoom() + 2));
      return true;
    }

    doubleClick(e) {
      if (this.mode === "closure") { this.finish(false); return; }
      if (this.mode) return;
      const hit = this.layer.at(e.layerPoint);
      if (hit && !hit.cluster) this.tell.pick(hit.ids, "replace", true);
      else if (!hit) this.map.setZoomAround(e.latlng, this.map.getZoom() + (e.originalEvent.shiftKey ? -1 : 1));
    }

    move(e) {
      if (this.mode === "closure" && this.drawn.length) this.sketch.setLatLngs([...this.drawn, e.latlng]);
      if (this.mode || this.lasso) return;
      this.rest(this.layer.at(e.layerPoint), e.containerPoint);
    }

    rest(hit, point) {
      const id = hit && hit.ids.length === 1 ? hit.ids[0] : null;
      this.map.getContainer().classList.toggle("over", Boolean(hit));
      this.showTip(hit, point);
      if (id === this.rested) return;
      this.rested = id;
      this.tell.hover(id || "");
    }

    title(hit) {
      const thing = hit.stop || hit.order || hit.depot;
      if (thing) return thing.title;
      if (hit.cluster) return hit.cluster.slice(0, 5).map((each) => each.title.split("\n")[0]).join("\n") + (hit.cluster.length > 5 ? "\n…" : "");
      const line = [...this.day.things.values()].find((each) => each.thing === hit.ids[0] && each.title);
      return line ? line.title : "";
    }

    showTip(hit, point) {
      const words = hit ? this.title(hit) : "";
      this.tip.classList.toggle("shown", Boolean(words));
      if (!words) return;
      this.tip.textContent = words;
      const size = this.map.getSize(), wide = this.tip.offsetWidth, high = this.tip.offsetHeight;
      const x = point.x + 16 + wide > size.x ? point.x - wide - 12 : point.x + 16;
      const y = point.y + 16 + high > size.y ? point.y - high - 12 : point.y + 16;
      this.tip.style.left = `${Math.max(4, x)}px`;
      this.tip.style.top = `${Math.max(4, y)}px`;
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

    finish(ring) {
      const points = ring ? [...this.drawn, this.drawn[0]] : this.drawn;
      if (points.length >= 2) this.tell.close(points);
      this.leave(true);
    }

    press(e) {
      if (e.button !== 0 || !(this.mode === "lasso" || (e.shiftKey && !this.mode)) || e.target.closest(".leaflet-control")) return;
      this.lasso = { points: [this.map.mouseEventToLatLng(e)], x: e.clientX, y: e.clientY, how: this.mode === "lasso" ? this.how(e) : "add", far: false };
      this.map.dragging.disable();
    }

    drag(e) {
      if (!this.lasso) return;
      this.lasso.far = this.lasso.far || Math.hypot(e.clientX - this.lasso.x, e.clientY - this.lasso.y) > 6;
      // Between two frames the pointer may have moved more than once.
      for (const each of [...e.getCoalescedEvents(), e]) this.lasso.points.push(this.map.mouseEventToLatLng(each));
      if (this.lasso.far) this.ring.setLatLngs(this.lasso.points);
    }

    release() {
      if (!this.lasso) return;
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
      if (e.key === "Enter" && this.mode === "closure") { e.stopPropagation(); this.finish(false); }
    }
  };
})((window.Doorstep = window.Doorstep || {}));
