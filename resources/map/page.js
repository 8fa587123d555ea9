// An exported plan: the map beside a list of its routes. Everything shown comes from the element "plan", as text, never as markup.
(function (D) {
  "use strict";

  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  function unzip(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  class Page {
    constructor(plan, map) {
      this.plan = plan;
      this.map = map;
      this.day = new D.Day();
      this.day.change(plan.features, []);
      D.palette = plan.palette;
      const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
      document.documentElement.dataset.theme = dark ? "dark" : "light";
      document.body.prepend(this.panel());
      map.invalidateSize({ animate: false });
      this.layers = new D.DayLayers(map, this.day);
      this.layers.style(dark ? "dark" : "light");
      if (plan.zoom !== null) {
        const ground = new D.Ground(map, async (z, x, y) => { const packed = plan.tiles[`${z}/${x}/${y}`]; return packed ? unzip(packed) : undefined; }, plan.zoom);
        ground.style(dark ? "dark" : "light", plan.language);
      }
      const hover = (id) => { this.day.hovered = id || null; this.layers.draw(); };
      this.pointer = new D.Pointer(map, this.day, this.layers, { pick: (ids) => this.select(ids, true), hover, drop() {}, close() {}, left() {} });
      const chrome = new D.Chrome(map, { zoom_in: () => map.zoomIn(), zoom_out: () => map.zoomOut(), fit: () => this.fit() });
      chrome.words(plan.words);
      map.getContainer().setAttribute("aria-label", plan.words.map_name);
      map.getContainer().tabIndex = 0;
      this.fit();
    }

    fit() {
      const area = this.plan.bounds && this.plan.bounds.map((at) => [at[1], at[0]]);
      const bounds = this.day.bounds() || area;
      if (bounds) this.map.fitBounds(bounds, { padding: [30, 30], maxZoom: 17, animate: false });
      this.layers.draw();
    }

    select(ids, fromMap) {
      this.day.selected = new Set(ids);
      this.layers.draw();
      for (const row of document.querySelectorAll("[data-id]")) row.classList.toggle("chosen", this.day.selected.has(row.dataset.id));
      const row = fromMap && document.querySelector(".chosen");
      if (row) { const route = row.closest("details"); if (route) route.open = true; row.scrollIntoView({ block: "nearest" }); }
    }

    show(route, shown) {
      const parts = this.plan.features.filter((each) => each.properties.route === route || (each.properties.kind === "route" && each.properties.thing === route));
      this.day.change(shown ? parts : [], shown ? [] : parts.map((each) => each.id));
      this.layers.draw();
    }

    panel() {
      const { plan } = this, panel = make("aside", "plan");
      panel.append(make("h1", "", plan.title));
      if (plan.note) panel.append(make("p", "note", plan.note));
      panel.append(make("h2", "", `${plan.words.page_routes} · ${plan.routes.length}`));
      for (const route of plan.routes) panel.append(this.routeRow(route));
      if (plan.unplanned.length) {
        panel.append(make("h2", "", `${plan.words.page_pool} · ${plan.unplanned.length}`));
        const list = make("ul", "pool");
        for (const [order, reason] of plan.unplanned) { const row = make("li"); row.append(make("b", "", order), make("span", "note", reason)); list.append(row); }
        panel.append(list);
      }
      return panel;
    }

    routeRow(route) {
      const box = make("details"), head = make("summary"), chip = make("span", "chip", String(route.number)), color = D.routeColor(route.number), shown = make("input");
      chip.style.background = color;
      chip.style.color = D.textOn(color);
      shown.type = "checkbox";
      shown.checked = true;
      shown.setAttribute("aria-label", route.name);
      shown.addEventListener("change", () => this.show(route.id, shown.checked));
      shown.addEventListener("click", (event) => event.stopPropagation());
      const words = make("span", "words");
      words.append(make("b", "", route.name), make("span", "note", route.note));
      head.append(chip, words, shown);
      head.dataset.id = route.id;
      box.append(head);
      box.addEventListener("toggle", () => { if (box.open && !box.querySelector(".chosen")) this.select([route.id], false); });
      const list = make("ol");
      for (const stop of route.stops) list.append(this.stopRow(stop));
      box.append(list);
      return box;
    }

    stopRow(stop) {
      const row = make("li"), button = make("button");
      button.type = "button";
      button.dataset.id = stop.id;
      button.append(make("span", "number", String(stop.number)), make("time", "", stop.time), make("b", "", stop.title));
      if (stop.late_minutes > 0) button.append(make("span", "late", `▲ +${stop.late_minutes}`));
      if (stop.note) button.append(make("span", "note", stop.note));
      button.addEventListener("click", () => {
        this.select([stop.id], false);
        const thing = this.day.things.get(`stop:${stop.id}`), feature = this.plan.features.find((each) => each.id === `stop:${stop.id}`);
        if (thing) this.map.setView([feature.geometry.coordinates[1], feature.geometry.coordinates[0]], Math.max(16, this.map.getZoom()), { animate: false });
      });
      row.append(button);
      return row;
    }
  }

  D.page = new Page(JSON.parse(document.getElementById("plan").textContent), window[document.querySelector(".folium-map").id]);
})((window.Doorstep = window.Doorstep || {}));
