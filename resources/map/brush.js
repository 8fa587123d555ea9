// Single marks on a canvas: route lines with a casing, badges, diamonds, houses, triangles. Sizes in CSS pixels.
(function (D) {
  "use strict";
  const FONT = '"Noto Sans","Segoe UI","Helvetica Neue","Noto Sans TC","Noto Sans CJK TC",sans-serif';
  const EVEN = 0.198; // the luminance on which white and near-black are read equally well, as in app/desktop/palette.py
  const SCHEMES = {
    light: { casing: "#FFFFFF", casingAlpha: 1, quiet: 0.8, wide: 3, ring: "#FFFFFF", ghost: "#6B7280", late: "#B42318", lateText: "#FFFFFF", risk: "#8A5A00", mark: "#1F2328", paper: "#FFFFFF", accent: "#0B57D0", muted: "#59636E" },
    dark: { casing: "#E6EAF0", casingAlpha: 0.6, quiet: 0.5, wide: 2, ring: "#1B1F24", ghost: "#9AA4B2", late: "#FF8A80", lateText: "#2A0F0C", risk: "#F2B84B", mark: "#E6EAF0", paper: "#1B1F24", accent: "#8AB4F8", muted: "#9AA4B2" },
  };

  D.palette = { routes: ["#4588E6"], dashes: [[]] };
  D.routeColor = (number) => D.palette.routes[(number - 1) % D.palette.routes.length];
  D.routeDash = (number) => D.palette.dashes[Math.floor((number - 1) / D.palette.routes.length) % D.palette.dashes.length];
  D.scheme = (theme) => SCHEMES[theme] || SCHEMES.light;

  D.textOn = function (color) {
    const part = (at) => { const v = parseInt(color.slice(at, at + 2), 16) / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) < EVEN ? "#FFFFFF" : "#14171A";
  };

  const stamps = new Map();

  D.Brush = class {
    constructor(ctx, theme) {
      this.ctx = ctx;
      this.c = D.scheme(theme);
      this.theme = theme;
    }

    // One path of all lines (flat numbers x, y, x, y …), so that a faded colour does not add up where they meet.
    trace(lines) {
      const ctx = this.ctx;
      ctx.beginPath();
      for (const line of lines) {
        ctx.moveTo(line[0], line[1]);
        for (let i = 2; i < line.length; i += 2) ctx.lineTo(line[i], line[i + 1]);
      }
    }

    stroke(lines, color, width, dash, alpha) {
      const ctx = this.ctx;
      ctx.save();
      ctx.globalAlpha = alpha;
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.lineJoin = "round";
      ctx.lineCap = dash.length ? "butt" : "round";
      ctx.setLineDash(dash);
      this.trace(lines);
      ctx.stroke();
      ctx.restore();
    }

    // Draws what `act` draws so much fainter.
    fade(alpha, act) {
      this.ctx.save();
      this.ctx.globalAlpha = alpha;
      act();
      this.ctx.restore();
    }

    disc(x, y, r, fill, ring, ringWidth) {
      const ctx = this.ctx;
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.fillStyle = fill;
      ctx.fill();
      if (ring) { ctx.lineWidth = ringWidth; ctx.strokeStyle = ring; ctx.stroke(); }
    }

    // A disc that is drawn often: painted once and then copied, which takes a tenth of the time.
    dot(x, y, r, fill, ring, ringWidth) {
      const ratio = window.devicePixelRatio || 1, key = `${r}:${fill}:${ring}:${ringWidth}:${ratio}`, half = Math.ceil(r + ringWidth);
      let stamp = stamps.get(key);
      if (!stamp) {
        stamp = document.createElement("canvas");
        stamp.width = stamp.height = Math.ceil(2 * half * ratio);
        const ctx = stamp.getContext("2d", { willReadFrequently: true });
        ctx.scale(ratio, ratio);
        new D.Brush(ctx, this.theme).disc(half, half, r, fill, ring, ringWidth);
        stamps.set(key, stamp);
      }
      const snap = (v) => Math.round((v - half) * ratio) / ratio;
      this.ctx.drawImage(stamp, snap(x), snap(y), stamp.width / ratio, stamp.height / ratio);
    }

    text(words, x, y, size, color, weight) {
      const ctx = this.ctx;
      ctx.font = `${weight || 600} ${size}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillStyle = color;
      ctx.fillText(words, x, y + 0.5);
    }

    badge(x, y, words, color, hollow) {
      const r = words.length > 2 ? 12 : 10;
      this.disc(x, y, r, hollow ? this.c.paper : color, hollow ? color : this.c.ring, 2);
      this.text(words, x, y, words.length > 2 ? 10 : 11.5, hollow ? this.c.mark : D.textOn(color));
      return r;
    }

    pillWidth(words) {
      this.ctx.font = `700 11px ${FONT}`;
      return this.ctx.measureText(words).width + 20;
    }

    pill(x, y, words, fill, color) {
      const ctx = this.ctx, width = this.pillWidth(words);
      ctx.beginPath();
      ctx.roundRect(x, y - 8.5, width, 17, 8.5);
      ctx.fillStyle = fill;
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = this.c.ring;
      ctx.stroke();
      this.triangle(x + 9, y, 4, color);
      this.text(words, x + 5 + width / 2, y, 11, color, 700);
      return width;
    }

    triangle(x, y, r, fill, ring) {
      const ctx = this.ctx;
      ctx.beginPath();
      ctx.moveTo(x, y - r);
      ctx.lineTo(x + r, y + r * 0.8);
      ctx.lineTo(x - r, y + r * 0.8);
      ctx.closePath();
      if (ring) { ctx.lineWidth = 2.5; ctx.strokeStyle = ring; ctx.lineJoin = "round"; ctx.stroke(); }
      ctx.fillStyle = fill;
      ctx.fill();
    }

    diamond(x, y, r) {
      const ctx = this.ctx;
      ctx.beginPath();
      ctx.moveTo(x, y - r);
      ctx.lineTo(x + r, y);
      ctx.lineTo(x, y + r);
      ctx.lineTo(x - r, y);
      ctx.closePath();
      ctx.fillStyle = this.c.paper;
      ctx.fill();
      ctx.lineWidth = 1.8;
      ctx.lineJoin = "miter";
      ctx.strokeStyle = this.c.mark;
      ctx.stroke();
    }

    // A rule that is broken: a diamond that holds an exclamation mark.
    warning(x, y) {
      const ctx = this.ctx;
      ctx.beginPath();
      ctx.moveTo(x, y - 7.5);
      ctx.lineTo(x + 7.5, y);
      ctx.lineTo(x, y + 7.5);
      ctx.lineTo(x - 7.5, y);
      ctx.closePath();
      ctx.fillStyle = this.c.risk;
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.lineJoin = "round";
      ctx.strokeStyle = this.c.ring;
      ctx.stroke();
      this.text("!", x, y, 9.5, D.textOn(this.c.risk), 800);
    }

    house(x, y) {
      const ctx = this.ctx;
      ctx.beginPath();
      ctx.roundRect(x - 11, y - 11, 22, 22, 5);
      ctx.fillStyle = this.c.mark;
      ctx.fill();
      ctx.lineWidth = 2;
      ctx.strokeStyle = this.c.ring;
      ctx.stroke();
      ctx.beginPath();
      ctx.moveTo(x, y - 6.5);
      ctx.lineTo(x + 6.5, y - 0.5);
      ctx.lineTo(x + 6.5, y + 6);
      ctx.lineTo(x - 6.5, y + 6);
      ctx.lineTo(x - 6.5, y - 0.5);
      ctx.closePath();
      ctx.fillStyle = this.c.paper;
      ctx.fill();
      ctx.fillStyle = this.c.mark;
      ctx.fillRect(x - 1.8, y + 1.2, 3.6, 4.8);
    }

    lock(x, y) {
      const ctx = this.ctx;
      this.disc(x, y, 6, this.c.paper, this.c.mark, 1);
      ctx.fillStyle = this.c.mark;
      ctx.fillRect(x - 3, y - 0.6, 6, 4);
      ctx.beginPath();
      ctx.arc(x, y - 0.8, 2, Math.PI, 0);
      ctx.lineWidth = 1.2;
      ctx.strokeStyle = this.c.mark;
      ctx.stroke();
    }

    halo(x, y, r, color, dashed, width) {
      const ctx = this.ctx;
      ctx.save();
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.lineWidth = width || 2.5;
      if (dashed) ctx.setLineDash([4, 3]);
      ctx.strokeStyle = color;
      ctx.stroke();
      ctx.restore();
    }

    // A number in a disc with a ring whose parts are the colours of what it stands for.
    cluster(x, y, words, shares, r, faded) {
      const ctx = this.ctx;
      this.disc(x, y, r + 1.5, this.c.paper);
      let from = -Math.PI / 2;
      const total = shares.reduce((sum, each) => sum + each.count, 0);
      ctx.lineWidth = 3;
      ctx.globalAlpha = faded ? 0.55 : 1;
      for (const share of shares) {
        const to = from + (2 * Math.PI * share.count) / total;
        ctx.beginPath();
        ctx.arc(x, y, r - 1, from, to);
        ctx.strokeStyle = share.color;
        ctx.stroke();
        from = to;
      }
      ctx.globalAlpha = 1;
      this.text(words, x, y, words.length > 2 ? 9 : 10.5, faded ? this.c.muted : this.c.mark);
      return r;
    }

    // Arrow heads along lines that follow each other, so that the direction is seen; none beside another.
    arrows(lines, color, every) {
      const seen = new Set();
      let left = every / 2;
      for (const line of lines) {
        for (let i = 2; i < line.length; i += 2) {
          const x = line[i - 2], y = line[i - 1], dx = line[i] - x, dy = line[i + 1] - y, long = Math.hypot(dx, dy), turn = Math.atan2(dy, dx);
          for (; left < long; left += every) this.arrow(x + (dx * left) / long, y + (dy * left) / long, turn, color, seen);
          left -= long;
        }
      }
    }

    arrow(x, y, turn, color, seen) {
      const cell = (dx, dy) => `${Math.floor(x / 20) + dx}:${Math.floor(y / 20) + dy}`;
      for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) if (seen.has(cell(dx, dy))) return;
      seen.add(cell(0, 0));
      const ctx = this.ctx;
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(turn);
      ctx.beginPath();
      ctx.moveTo(-1.6, 1.9);
      ctx.lineTo(0.6, 0);
      ctx.lineTo(-1.6, -1.9);
      ctx.lineWidth = 1.3;
      ctx.lineCap = ctx.lineJoin = "round";
      ctx.globalAlpha = 0.85;
      ctx.strokeStyle = color;
      ctx.stroke();
      ctx.restore();
    }
  };
})((window.Doorstep = window.Doorstep || {}));
