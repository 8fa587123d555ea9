// The map by keyboard, beside the arrows and + − of Leaflet: [ and ] go along the route in view and say each stop, Enter opens it.
(function (D) {
  "use strict";
  const ROOM = 70; // pixels kept free around the stop that was gone to

  D.Keys = class {
    constructor(map, day, card, tell) {
      Object.assign(this, { map, day, card, tell, id: null });
      map.getContainer().addEventListener("keydown", (e) => this.key(e));
    }

    key(e) {
      if (e.target !== this.map.getContainer() || e.ctrlKey || e.altKey || e.metaKey) return;
      const step = e.key === "]" || e.code === "BracketRight" ? 1 : e.key === "[" || e.code === "BracketLeft" ? -1 : 0;
      if (step) { e.preventDefault(); this.go(step); }
      if (e.key === "Enter" && this.current()) { e.preventDefault(); this.tell.pick([this.current().thing], "replace", true); }
      if (e.key === "Escape") this.card.hide();
    }

    // The stops of the route in view, else of all routes one after the other; the pool where there are no routes.
    stops() {
      const { stop, pool } = this.day.grouped(), chosen = this.day.chosenRoutes();
      const mine = chosen.size ? stop.filter((each) => chosen.has(each.route)) : stop;
      return mine.length ? mine : pool;
    }

    current() {
      const stops = this.stops();
      return stops.find((each) => this.day.selected.has(each.thing)) || stops.find((each) => each.thing === this.id) || null;
    }

    go(step) {
      const stops = this.stops(), now = this.current();
      if (!stops.length) return;
      const at = now ? stops.indexOf(now) + step : step > 0 ? 0 : stops.length - 1;
      const stop = stops[Math.max(0, Math.min(stops.length - 1, at))], place = this.latLng(stop);
      this.id = stop.thing;
      this.map.panInside(place, { padding: [ROOM, ROOM], animate: false });
      this.card.show({ ids: [stop.thing], [stop.kind === "pool" ? "order" : "stop"]: stop }, this.map.latLngToContainerPoint(place));
      this.card.say(stop.title);
      this.tell.pick([stop.thing], "replace", false);
    }

    latLng(thing) {
      const [[lat, lng]] = this.day.bounds((each) => each === thing);
      return L.latLng(lat, lng);
    }
  };
})((window.Doorstep = window.Doorstep || {}));
