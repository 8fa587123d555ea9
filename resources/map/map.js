// The map of the window: takes messages from the channel, draws, and answers with ids and places. A message is JSON:
// {"seq": n, "acts": [{"do": "draw", …}, …]}; each act is one of `acts` below. `painted(n)` follows once the screen shows it; of an act with
// `more` nothing is painted yet, for the next message follows at once.
(function (D) {
  "use strict";

  const LINES = /^(route|ghost|closure):/;
  const CALM = new Set(["carry", "fit", "cover", "select", "hover", "reveal", "follow", "legend"]); // nothing of it changes a line's place
  const isMark = (feature) => feature.geometry.type === "Point";

  D.Map = class {
    constructor(map, bridge) {
      this.map = map;
      this.bridge = bridge;
      this.day = new D.Day();
      this.words = {};
      this.area = null;
      this.layer = new D.DayLayers(map, this.day);
      this.pointer = new D.Pointer(map, this.day, this.layer, this.telling());
      this.choice = new D.Choice(map, this.pointer, (place) => this.bridge.move([place.wrap().lng, place.lat]));
      this.chrome = new D.Chrome(map, {
        zoom_in: () => map.zoomIn(),
        zoom_out: () => map.zoomOut(),
        fit: () => this.fit(),
        follow: () => this.bridge.wish("follow"),
        lasso: () => this.pointer.start("lasso", this.words.mode_lasso || ""),
        layers: () => this.chrome.press("layers", this.panels.toggled("layers")),
        legend: () => this.bridge.wish("legend"),
      });
      this.outside = new D.Area(map);
      this.panels = new D.Panels(map, this.day, { ...this.pointer.tell, layers: (hidden) => this.show(hidden) });
      this.carry = new D.Carry(map, this.day, this.layer, this.pointer, (ids, under, x, y, phase) => this.bridge.carry(ids, under.kind, under.id, under.at, x, y, phase));
      this.keys = new D.Keys(map, this.day, this.pointer.card, this.pointer.tell);
      map.getContainer().tabIndex = 0;
      // The focus that comes to the page is the map's: its keys work at once.
      const take = () => { if (document.activeElement === document.body) map.getContainer().focus({ preventScroll: true }); };
      window.addEventListener("focus", take);
      take();
      map.on("dragstart zoomstart keydown", () => { this.whole = false; });
      map.on("resize", () => { if (this.whole) this.fit(); }); // who has not looked elsewhere keeps the whole day in view
    }

    telling() {
      const flat = (points) => points.flatMap((p) => [p.wrap().lng, p.lat]);
      return {
        pick: (ids, how, opened) => this.bridge.pick(ids, how, opened),
        hover: (id) => { this.day.hovered = id || null; this.redraw(); this.bridge.hover(id); },
        drop: (place) => this.bridge.drop(flat([place])),
        road: (place) => this.bridge.road(flat([place])),
        ask: (place) => this.bridge.ask(flat([place])),
        close: (points) => this.bridge.draw(flat(points)),
        left: () => this.bridge.leave(),
      };
    }

    take(message) {
      for (const act of message.acts) this[`do_${act.do}`](act);
      if (message.acts.every((act) => act.more)) { this.bridge.painted(message.seq); return; }
      const onlyMarks = message.acts.every((act) => CALM.has(act.do) || (act.do === "draw" && act.put.every(isMark) && act.drop.every((id) => !LINES.test(id))));
      this.layer.draw(onlyMarks);
      this.panels.refresh();
      requestAnimationFrame(() => setTimeout(() => this.bridge.painted(message.seq), 0));
    }

    redraw() {
      if (this.waiting) return;
      this.waiting = true;
      requestAnimationFrame(() => { this.waiting = false; this.layer.draw(true); });
    }

    // What the panel "layers" leaves out.
    show(hidden) {
      this.day.hide(["pool", "closure"].filter((kind) => hidden.has(kind)), hidden.has("others"));
      this.map.getPane("names").style.display = hidden.has("names") ? "none" : "";
      this.layer.draw();
    }

    do_palette(act) { D.palette = act.palette; }
    do_draw(act) { this.day.change(act.put, act.drop); }
    do_clear() { this.day.change([], [...this.day.things.keys()]); }
    do_select(act) { this.day.selected = new Set(act.ids); }
    do_carry(act) { this.carry.held(act); }
    do_hover(act) { this.day.hovered = act.id; }
    do_fit() { this.fit(); }

    // So many pixels of the right are covered by something else: the day is shown beside it.
    do_cover(act) {
      if (this.covered === act.right) return;
      this.covered = act.right;
      if (this.whole) this.fit();
    }
    do_follow(act) { this.chrome.press("follow", act.on); }
    do_legend(act) {
      this.panels.open("legend", act.on);
      this.chrome.press("legend", act.on);
      if (this.whole) this.fit();
    }

    // Brings things into view; where they are in view already, nothing moves.
    do_reveal(act) {
      const wanted = new Set(act.ids), bounds = this.day.bounds((thing) => wanted.has(thing.thing) || (thing.kind === "stop" && wanted.has(thing.route)));
      if (!bounds) return;
      const size = this.map.getSize(), margin = 24, seen = bounds.map((at) => this.map.latLngToContainerPoint(at));
      if (seen.every((p) => p.x >= margin && p.y >= margin && p.x <= size.x - margin - (this.covered || 0) && p.y <= size.y - margin)) return;
      this.whole = false;
      const room = size.subtract([2 * margin, 2 * margin]), [a, b] = seen;
      if (Math.abs(a.x - b.x) < room.x && Math.abs(a.y - b.y) < room.y) this.map.setView(L.latLngBounds(bounds).getCenter(), this.map.getZoom(), { animate: false });
      else this.map.fitBounds(bounds, { padding: [40, 40], maxZoom: this.map.getZoom(), animate: false });
    }

    do_fly(act) { this.whole = false; this.map.setView([act.at[1], act.at[0]], Math.max(16, this.map.getZoom()), { animate: act.glide }); }
    do_choice(act) { this.whole = false; this.choice.show(act); }
    do_mode(act) { if (act.mode) this.pointer.start(act.mode, this.words[`mode_${act.mode}`] || ""); else this.pointer.leave(false); }

    do_words(act) {
      this.words = act.words;
      this.language = act.language;
      document.documentElement.lang = act.language === "zh_TW" ? "zh-Hant-TW" : act.language;
      this.map.getContainer().setAttribute("aria-label", act.words.map_name);
      this.map.getContainer().setAttribute("aria-description", act.words.map_keys || "");
      this.chrome.words(act.words);
      this.restyle();
    }

    do_theme(act) {
      this.theme = act.theme;
      this.layer.style(act.theme);
      document.documentElement.dataset.theme = act.theme;
      this.restyle();
    }

    restyle() {
      this.panels.style(this.words, this.theme || "light");
      if (this.ground) this.ground.style(this.theme || "light", this.language || "en");
    }

    do_tiles(act) {
      if (this.ground) this.ground.remove();
      this.ground = null;
      this.area = act.bounds ? [[act.bounds[1], act.bounds[0]], [act.bounds[3], act.bounds[2]]] : null;
      this.outside.show(this.area);
      if (act.max_zoom !== null) {
        const load = (z, x, y) => fetch(`app://vt/${act.version}/${z}/${x}/${y}`).then((answer) => answer.arrayBuffer());
        this.ground = new D.Ground(this.map, load, act.max_zoom);
        this.restyle();
      }
      if (!this.placed) this.fit();
    }

    fit() {
      const bounds = this.day.bounds() || this.area;
      if (!bounds) return;
      this.placed = true;
      const snap = this.map.options.zoomSnap;
      this.map.options.zoomSnap = 0.25; // a whole level may leave half the map empty; zooming by hand goes back to whole ones
      this.map.fitBounds(bounds, { paddingTopLeft: [56 + (this.panels.inset < this.map.getSize().x / 3 ? this.panels.inset : 0), 24], paddingBottomRight: [24 + Math.min(this.covered || 0, this.map.getSize().x / 2), 32], maxZoom: this.day.bare() ? 14 : 17, animate: false });
      this.map.options.zoomSnap = snap;
      this.whole = true;
    }
  };

  // Joins the page's map (made by folium) and the channel of the window.
  D.start = function () {
    const map = window[document.querySelector(".folium-map").id];
    new QWebChannel(qt.webChannelTransport, (channel) => {
      const bridge = channel.objects.map;
      const whole = new D.Map(map, bridge);
      D.whole = whole;
      bridge.message.connect((text) => whole.take(JSON.parse(text)));
      new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
      bridge.loaded();
    });
  };
})((window.Doorstep = window.Doorstep || {}));
Doorstep.start();
