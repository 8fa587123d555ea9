// What stands around the map: buttons, scale, attribution. Words are set as text, never as markup.
(function (D) {
  "use strict";
  const ICONS = {
    zoom_in: "M12 5v14M5 12h14",
    zoom_out: "M5 12h14",
    fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
    lasso: "M7 20a3 3 0 0 1-1-5M6.5 15C4.5 14 3 12 3 10c0-4 4-6.5 9-6.5S21 6 21 10s-4 6.5-9 6.5c-1.8 0-3.5-.4-5-1",
  };

  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 18, height: 18, fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" })) svg.setAttribute(name, value);
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  D.Chrome = class {
    constructor(map, acts) {
      this.buttons = {};
      map.attributionControl.setPrefix(false);
      map.attributionControl.addAttribution("© OpenStreetMap contributors");
      L.control.scale({ imperial: false, maxWidth: 110 }).addTo(map);
      const bar = L.control({ position: "topright" });
      bar.onAdd = () => {
        const box = L.DomUtil.create("div", "leaflet-bar acts");
        for (const [name, act] of Object.entries(acts)) box.append(this.button(name, act));
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      bar.addTo(map);
    }

    button(name, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(icon(ICONS[name]));
      button.addEventListener("click", act);
      this.buttons[name] = button;
      return button;
    }

    words(words) {
      for (const [name, button] of Object.entries(this.buttons)) {
        button.title = words[name] || name;
        button.setAttribute("aria-label", words[name] || name);
      }
    }
  };
})((window.Doorstep = window.Doorstep || {}));
