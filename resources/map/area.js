// Where the area ends: what lies outside is hatched, with a fine border, so that nobody takes missing roads for a meadow.
(function (D) {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const WORLD = [[-85, -360], [-85, 360], [85, 360], [85, -360]];

  D.Area = class {
    constructor(map) {
      this.map = map;
      this.shade = null;
    }

    // `corners` is [[south, west], [north, east]], or null for no area.
    show(corners) {
      if (this.shade) this.shade.remove();
      this.shade = null;
      if (!corners) return;
      const [[south, west], [north, east]] = corners;
      const renderer = L.svg({ pane: "veil", padding: 0.5 });
      const hole = [[south, west], [south, east], [north, east], [north, west]];
      this.shade = L.polygon([WORLD, hole], { renderer, pane: "veil", interactive: false, className: "veil", smoothFactor: 0, fillColor: "url(#veil)", fillOpacity: 1, weight: 1.2 }).addTo(this.map);
      const svg = renderer._container;
      if (!svg.querySelector("defs")) svg.prepend(this.hatch());
    }

    hatch() {
      const made = (name, facts) => { const part = document.createElementNS(NS, name); for (const [key, value] of Object.entries(facts)) part.setAttribute(key, value); return part; };
      const defs = made("defs", {}), pattern = made("pattern", { id: "veil", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
      pattern.append(made("rect", { width: 7, height: 7, class: "veil-ground" }), made("path", { d: "M0 0V7", class: "veil-line" }));
      defs.append(pattern);
      return defs;
    }
  };
})((window.Doorstep = window.Doorstep || {}));
