// What stands around the map: buttons, scale, attribution. Words are set as text, never as markup.
(function (D) {
  "use strict";
  const ICONS = {
    zoom_in: "M12 5v14M5 12h14",
    zoom_out: "M5 12h14",
    fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
    lasso: "M7 20a3 3 0 0 1-1-5M6.5 15C4.5 14 3 12 3 10c0-4 4-6.5 9-6.5S21 6 21 10s-4 6.5-9 6.5c-1.8 0-3.5-.4-5-1",
    follow: "M12 2v3M12 19v3M2 12h3M19 12h3M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14M12 11a1 1 0 1 1 0 2 1 1 0 0 1 0-2",
    layers: "M12 3 3 8l9 5 9-5-9-5M4 12.5l8 4.5 8-4.5M4 16.5l8 4.5 8-4.5",
    legend: "M4 6h2M4 12h2M4 18h2M10 6h10M10 12h10M10 18h10",
  };
  const GROUPS = [["zoom_in", "zoom_out", "fit"], ["follow", "lasso"], ["layers", "legend"]];
  const TOGGLES = ["follow", "layers", "legend"];

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
      for (const group of GROUPS) if (group.some((name) => acts[name])) this.bar(group.filter((name) => acts[name]), acts).addTo(map);
    }

    bar(names, acts) {
      const bar = L.control({ position: "topleft" }); // the window lays the details over the right of a narrow map
      bar.onAdd = () => {
        const box = L.DomUtil.create("div", "leaflet-bar acts");
        box.setAttribute("role", "group");
        for (const name of names) box.append(this.button(name, acts[name]));
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      return bar;
    }

    press(name, on) { if (this.buttons[name]) this.buttons[name].setAttribute("aria-pressed", on); }

    button(name, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(icon(ICONS[name]));
      button.addEventListener("click", act);
      if (TOGGLES.includes(name)) button.setAttribute("aria-pressed", false);
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
