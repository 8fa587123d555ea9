// The base map: how land, water, roads and names are painted, in a light and a dark scheme. Tiles hold the layers that
// app/routing/basemap/kinds.py names; what no layer covers is land.
(function (D) {
  "use strict";
  const P = protomapsL;

  const LIGHT = {
    land: "#F4F3EF", water: "#C5DCE8", stream: "#B5D1E0", building: "#E6E2DA", buildingEdge: "#DAD5CB",
    park: "#D6E6CB", wood: "#CBDFC0", grass: "#DFEAD5", pitch: "#CFE3CD", farmland: "#F0EEE2", sand: "#F3ECD2", wetland: "#DCE8DF",
    cemetery: "#D9E3D2", industrial: "#ECEAEA", campus: "#F0ECE2", parking: "#ECEBE7", pier: "#EAE8E2", square: "#F9F8F5",
    road: "#FFFFFF", casing: "#D9D5CC", major: "#FFF6DF", majorCasing: "#DDCFA8", path: "#DDD7CC", tunnel: "#ECEAE5",
    rail: "#BDB9B2", tram: "#D3CFC8",
    text: "#646B76", place: "#565D68", halo: "#F4F3EF", waterText: "#44708A", greenText: "#4E7145", house: "#8A8880",
  };
  const DARK = {
    land: "#20242A", water: "#15222E", stream: "#182836", building: "#282D34", buildingEdge: "#30363E",
    park: "#22302A", wood: "#203027", grass: "#232D28", pitch: "#24332C", farmland: "#23272B", sand: "#2C2B27", wetland: "#212B2C",
    cemetery: "#242E2A", industrial: "#252930", campus: "#262A2F", parking: "#252A30", pier: "#272B31", square: "#282D34",
    road: "#3A414B", casing: "#181B20", major: "#4A4E53", majorCasing: "#181B20", path: "#343A42", tunnel: "#2A2F36",
    rail: "#454C56", tram: "#383F48",
    text: "#949DAA", place: "#AAB3BF", halo: "#20242A", waterText: "#7FA6C2", greenText: "#8FB295", house: "#79828E",
  };

  const MAJOR = { motorway: 1, trunk: 1, primary: 1 };
  // Widths in pixels at the zooms 10, 12, 14, 16, 18.
  const WIDTH = {
    motorway: [1.6, 2.6, 5, 11, 24], trunk: [1.5, 2.4, 4.6, 10, 22], primary: [1.2, 2, 4.2, 9.5, 21],
    secondary: [0.8, 1.5, 3.6, 8.5, 19], tertiary: [0.5, 1, 3, 7.5, 17], minor: [0, 0.5, 1.9, 6, 15],
    pedestrian: [0, 0.4, 1.4, 4.5, 11], service: [0, 0, 0.9, 3, 8], path: [0, 0, 0.6, 1.3, 2.6],
  };

  function width(zoom, kind) {
    const stops = WIDTH[kind] || WIDTH.service;
    const at = Math.max(0, Math.min(4, (zoom - 10) / 2));
    const low = Math.floor(at), high = Math.min(4, low + 1);
    return stops[low] + (stops[high] - stops[low]) * (at - low);
  }

  const roadKind = (feature) => feature.props.kind;
  const surface = (zoom, feature) => !feature.props.tunnel && notPath(zoom, feature);
  const notPath = (zoom, feature) => roadKind(feature) !== "path" && width(zoom, roadKind(feature)) > 0.3;

  function paintRules(c) {
    const fill = (layer, color, filter, minzoom) => ({ dataLayer: layer, symbolizer: new P.PolygonSymbolizer({ fill: color, perFeature: true }), filter, minzoom });
    const line = (layer, options, filter, minzoom) => ({ dataLayer: layer, symbolizer: new P.LineSymbolizer({ lineCap: "round", lineJoin: "round", perFeature: true, ...options }), filter, minzoom });
    const waterWidth = { river: 1, canal: 0.8, stream: 0.45 };
    return [
      fill("landuse", (zoom, f) => c[f.props.kind] || c.land, (zoom, f) => f.geomType === 3),
      line("waterways", { color: () => c.stream, width: (zoom, f) => Math.max(0.6, (waterWidth[f.props.kind] || 0.5) * (zoom - 9) * 0.8) }),
      fill("water", () => c.water, (zoom, f) => f.geomType === 3),
      fill("landuse", () => c.pier, (zoom, f) => f.props.kind === "pier" && f.geomType === 3, 13),
      line("roads", { color: () => c.tunnel, width: (zoom, f) => width(zoom, roadKind(f)) }, (zoom, f) => f.props.tunnel && notPath(zoom, f) && zoom >= 12),
      { dataLayer: "buildings", minzoom: 14, symbolizer: new P.PolygonSymbolizer({ fill: c.building, stroke: c.buildingEdge, width: (zoom) => (zoom < 16 ? 0 : 0.6) }), filter: (zoom, f) => f.geomType === 3 },
      line("roads", { color: () => c.path, width: (zoom) => width(zoom, "path"), dash: () => [3, 2], dashColor: () => c.path, dashWidth: (zoom) => width(zoom, "path") }, (zoom, f) => f.props.kind === "path" && !f.props.tunnel, 14),
      line("roads", { color: (zoom, f) => (MAJOR[roadKind(f)] ? c.majorCasing : c.casing), width: (zoom, f) => width(zoom, roadKind(f)) + (zoom < 13 ? 0.8 : 1.6) }, (zoom, f) => surface(zoom, f) && zoom >= 11),
      line("railways", { color: (zoom, f) => (f.props.kind === "tram" ? c.tram : c.rail), width: (zoom, f) => (f.props.kind === "tram" ? 0.8 : zoom < 13 ? 0.8 : 1.4) }, (zoom, f) => !f.props.tunnel),
      line("roads", { color: (zoom, f) => (MAJOR[roadKind(f)] ? c.major : c.road), width: (zoom, f) => Math.max(0.5, width(zoom, roadKind(f))) }, surface),
    ];
  }

  function labelRules(c, language) {
    const local = ["name"];
    const own = language === "zh_TW" ? ["name"] : ["name:en", "name"];
    const font = '"Noto Sans","Segoe UI","Helvetica Neue","Noto Sans TC","Microsoft JhengHei UI","PingFang TC","Noto Sans CJK TC",sans-serif';
    const text = (style, options) => ({ fill: options.fill, stroke: c.halo, width: options.halo || 2, labelProps: options.props, font: `${style} ${options.size || 12}px ${font}`, lineHeight: 1.3, maxLineChars: options.chars || 14 });
    const spot = (layer, style, options, filter, minzoom) => ({ dataLayer: layer, symbolizer: new P.Padding(options.room || 4, new P.CenteredTextSymbolizer(text(style, options))), filter, minzoom, maxzoom: options.maxzoom, sort: (a, b) => (b.rank || 0) - (a.rank || 0) });
    const road = (kinds, size, minzoom, weight) => ({ dataLayer: "roads", minzoom, filter: (zoom, f) => kinds.includes(roadKind(f)), symbolizer: new P.LineLabelSymbolizer({ fill: c.text, stroke: c.halo, width: 3, labelProps: local, font: `${weight || 400} ${size}px ${font}`, position: 2, repeatDistance: 340 }) });
    const place = (...kinds) => (zoom, f) => kinds.includes(f.props.kind);
    return [
      spot("places", "600", { fill: c.place, props: own, size: 14, maxzoom: 12 }, place("city")),
      spot("places", "600", { fill: c.place, props: own, size: 13, maxzoom: 14 }, place("town")),
      spot("places", "500", { fill: c.place, props: own, size: 12, maxzoom: 16 }, place("village", "suburb", "borough", "island"), 12),
      road(["motorway", "trunk", "primary"], 12, 13, 500),
      road(["secondary", "tertiary"], 12, 14),
      spot("labels", "italic 400", { fill: c.waterText, props: own, size: 12 }, (zoom, f) => f.props.kind === "water"),
      spot("labels", "400", { fill: c.greenText, props: own, size: 11.5 }, place("park", "wood", "cemetery", "sand", "wetland"), 14),
      spot("places", "500", { fill: c.text, props: own, size: 11.5, maxzoom: 17 }, place("quarter", "neighbourhood", "hamlet"), 14),
      road(["minor", "pedestrian"], 11.5, 15),
      spot("labels", "400", { fill: c.text, props: own, size: 11 }, place("campus", "square"), 16),
      road(["service", "path"], 11, 17),
      { dataLayer: "waterways", minzoom: 13, filter: place("river", "canal"), symbolizer: new P.LineLabelSymbolizer({ fill: c.waterText, stroke: c.halo, width: 3, labelProps: own, font: `italic 400 12px ${font}`, position: 2, repeatDistance: 500 }) },
      { dataLayer: "houses", minzoom: 18, symbolizer: new P.CenteredTextSymbolizer({ ...text("400", { fill: c.house, props: ["number"], size: 10.5 }) }) },
    ];
  }

  // `tiles(z, x, y)` gives a promise of an ArrayBuffer, or of nothing where there is no tile.
  D.Ground = class {
    constructor(map, tiles, maxZoom) {
      this.theme = "light";
      this.language = "en";
      const source = { getZxy: async (z, x, y) => { const data = await tiles(z, x, y); return data && data.byteLength ? { data } : undefined; } };
      const options = { url: source, maxDataZoom: maxZoom, attribution: "", noWrap: true, paintRules: [], labelRules: [], maxZoom: 22, keepBuffer: 3 };
      this.land = P.leafletLayer({ ...options, backgroundColor: LIGHT.land });
      this.names = P.leafletLayer({ ...options, pane: map.getPane("names") ? "names" : "tilePane" });
      this.names.views = this.land.views; // tiles are read and kept once
      this.restyle();
      this.land.addTo(map);
      this.names.addTo(map);
    }

    remove() { this.land.remove(); this.names.remove(); }

    colors() { return this.theme === "dark" ? DARK : LIGHT; }

    style(theme, language) {
      if (theme === this.theme && language === this.language) return;
      this.theme = theme;
      this.language = language;
      this.restyle();
      this.land.rerenderTiles();
      this.names.rerenderTiles();
    }

    restyle() {
      const c = this.colors();
      this.land.paintRules = paintRules(c);
      this.land.backgroundColor = c.land;
      this.names.labelRules = labelRules(c, this.language);
      this.names.clearLayout();
    }
  };
})((window.Doorstep = window.Doorstep || {}));
