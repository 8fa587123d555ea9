// The places that an address may mean, numbered, and the pin that a person moves: by dragging, by a click while it is aimed, or from the window.
(function (D) {
  "use strict";
  const NEAR = 17; // zoom at which houses can be told apart
  const FAR = 40; // pixels kept free around what is shown

  D.Choice = class {
    constructor(map, pointer, tell) {
      Object.assign(this, { map, pointer, tell, aiming: false });
      this.group = L.layerGroup().addTo(map);
      // Before the click itself is heard: the pin comes here, and nothing is picked.
      map.on("preclick", () => { if (this.aiming) this.pointer.swallow = true; });
      map.on("click", (e) => { if (this.aiming) this.put(e.latlng); });
    }

    show(act) {
      this.group.clearLayers();
      this.aiming = Boolean(act.pin) && act.aiming;
      this.map.getContainer().classList.toggle("aiming", this.aiming || Boolean(this.pointer.mode));
      act.places.forEach((place, at) => this.mark(place, at, at === act.current));
      this.pin = act.pin ? this.handle(act.pin, act.words) : null;
      this.look(act);
    }

    mark(place, at, current) {
      const icon = L.divIcon({ className: `choice${current ? " current" : ""}`, html: String(at + 1), iconSize: [26, 26] });
      L.marker([place[1], place[0]], { icon, interactive: false, keyboard: false, zIndexOffset: current ? 1100 : 1000 }).addTo(this.group);
    }

    handle(place, words) {
      const drop = '<svg viewBox="0 0 24 32" aria-hidden="true"><path d="M12 31C10 25 2 19 2 11.5a10 10 0 0 1 20 0C22 19 14 25 12 31Z"/><circle cx="12" cy="11.5" r="4"/></svg>';
      const icon = L.divIcon({ className: "choice-pin", html: drop, iconSize: [30, 40], iconAnchor: [15, 39] });
      const pin = L.marker([place[1], place[0]], { icon, draggable: true, autoPan: true, keyboard: false, title: words || "", zIndexOffset: 1200 }).addTo(this.group);
      pin.on("dragend", () => this.tell(pin.getLatLng()));
      return pin;
    }

    put(place) {
      this.pin.setLatLng(place);
      this.tell(place);
    }

    // What the window lies over, at the right, is not counted as seen.
    look(act) {
      const at = act.pin || act.places[act.current], points = act.look === "all" ? [...act.places, ...(act.pin ? [act.pin] : [])] : at ? [at] : [];
      if (!act.look || !points.length) return;
      const room = this.map.getSize(), inset = Math.min(act.inset, room.x / 2);
      if (act.look === "keep" && this.seen(points[0], room, inset)) return;
      const options = { paddingTopLeft: [FAR, FAR], paddingBottomRight: [FAR + inset, FAR], maxZoom: act.look === "keep" ? this.map.getZoom() : NEAR, animate: false };
      this.map.fitBounds(L.latLngBounds(points.map((p) => [p[1], p[0]])), options);
    }

    seen(place, room, inset) {
      const at = this.map.latLngToContainerPoint([place[1], place[0]]);
      return at.x > FAR && at.y > FAR && at.x < room.x - inset - FAR && at.y < room.y - FAR;
    }
  };
})((window.Doorstep = window.Doorstep || {}));
