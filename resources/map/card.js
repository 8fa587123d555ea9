// The card of what the pointer or the keyboard is on: its words come as lines of text and stay text.
(function (D) {
  "use strict";
  const TONES = { "▲": "late", "✕": "late", "◆": "risk" };

  D.Card = class {
    constructor(map, day) {
      this.map = map;
      this.day = day;
      this.box = L.DomUtil.create("div", "tip", map.getContainer());
      this.box.setAttribute("role", "tooltip");
      this.spoken = L.DomUtil.create("div", "spoken", map.getContainer());
      this.spoken.setAttribute("role", "status");
      this.spoken.setAttribute("aria-live", "polite");
    }

    // What a hit is called: its own words, or the first lines of what it stands for.
    title(hit) {
      const thing = hit.stop || hit.order || hit.depot;
      if (thing) return thing.title;
      if (hit.cluster) return hit.cluster.slice(0, 6).map((each) => each.title.split("\n").slice(0, 2).join(" · ")).join("\n") + (hit.cluster.length > 6 ? "\n…" : "");
      const line = this.day.thing(hit.ids[0]);
      return line ? line.title : "";
    }

    show(hit, point) {
      const words = hit ? this.title(hit) : "";
      this.box.classList.toggle("shown", Boolean(words));
      if (!words) return;
      if (words !== this.words || hit.ids[0] !== this.id) this.fill(hit, words);
      const size = this.map.getSize(), wide = this.box.offsetWidth, high = this.box.offsetHeight;
      const x = point.x + 16 + wide > size.x - 4 ? point.x - wide - 14 : point.x + 16;
      const y = point.y + 16 + high > size.y - 4 ? point.y - high - 12 : point.y + 16;
      this.box.style.left = `${Math.max(4, Math.min(x, size.x - wide - 4))}px`;
      this.box.style.top = `${Math.max(4, Math.min(y, size.y - high - 4))}px`;
    }

    fill(hit, words) {
      this.words = words;
      this.id = hit.ids[0];
      const thing = hit.stop || (hit.line ? this.day.thing(hit.ids[0]) : null), number = thing && thing.kind !== "closure" ? thing.number : 0;
      this.box.classList.toggle("list", Boolean(hit.cluster));
      this.box.replaceChildren(...words.split("\n").map((line, at) => {
        const row = document.createElement("div");
        row.textContent = line;
        const tone = TONES[[...line].find((letter) => letter in TONES) || ""];
        if (tone) row.className = tone;
        if (at === 0 && number) {
          row.classList.add("of-route");
          row.dataset.number = number; // shown by the style sheet, beside the words
          row.style.setProperty("--route", D.routeColor(number));
          row.style.setProperty("--on-route", D.textOn(D.routeColor(number)));
        }
        return row;
      }));
    }

    hide() { this.box.classList.remove("shown"); }

    say(words) { this.spoken.textContent = words.split("\n").join(", "); }
  };
})((window.Doorstep = window.Doorstep || {}));
