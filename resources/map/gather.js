// Which marks gather in one number at a zoom: those near each other, wherever the map is panned to, so that nothing jumps while it moves.
(function (D) {
  "use strict";

  class Cells {
    constructor(side) { this.side = side; this.held = new Map(); }
    key(x, y) { return `${x}:${y}`; }
    add(each) {
      const key = this.key(Math.floor(each.x / this.side), Math.floor(each.y / this.side));
      if (!this.held.has(key)) this.held.set(key, []);
      this.held.get(key).push(each);
    }
    near(at, reach, act) {
      const cx = Math.floor(at.x / this.side), cy = Math.floor(at.y / this.side);
      for (let x = cx - 1; x <= cx + 1; x++)
        for (let y = cy - 1; y <= cy + 1; y++)
          for (const each of this.held.get(this.key(x, y)) || []) if (Math.hypot(each.x - at.x, each.y - at.y) <= reach) act(each);
    }
  }

  const centre = (crowd) => {
    crowd.x = crowd.members.reduce((sum, each) => sum + each.x, 0) / crowd.members.length;
    crowd.y = crowd.members.reduce((sum, each) => sum + each.y, 0) / crowd.members.length;
    return crowd;
  };

  // Crowds of at least `least` things within `reach` of the first of them; those left stay alone.
  function first(points, reach, least) {
    const cells = new Cells(reach), crowds = [];
    for (const each of points) cells.add(each);
    for (const seed of points) {
      if (seed.crowd) continue;
      const members = [];
      cells.near(seed, reach, (each) => { if (!each.crowd) members.push(each); });
      if (members.length < least) continue;
      const crowd = centre({ members });
      for (const each of members) each.crowd = crowd;
      crowds.push(crowd);
    }
    return crowds;
  }

  // Crowds whose numbers would touch become one.
  function merged(crowds, room) {
    for (let again = true; again;) {
      again = false;
      const cells = new Cells(room), kept = [];
      for (const crowd of crowds) {
        let other = null;
        cells.near(crowd, room, (each) => { other = other || each; });
        if (other) { other.members.push(...crowd.members); again = true; } else { cells.add(crowd); kept.push(crowd); }
      }
      crowds = kept.map(centre);
    }
    return crowds;
  }

  // `points` are {x, y, thing} in pixels of the whole world. `room` pixels stay free between two numbers, and half of it around each.
  D.gather = function (points, reach, least, room) {
    for (const each of points) each.crowd = null;
    const crowds = merged(first(points, reach, least), room);
    for (const crowd of crowds) for (const each of crowd.members) each.crowd = crowd;
    const cells = new Cells(room);
    for (const crowd of crowds) cells.add(crowd);
    const alone = [];
    for (const each of points) {
      if (each.crowd) continue;
      let under = null;
      cells.near(each, room * 0.75, (crowd) => { under = under || crowd; });
      if (under) under.members.push(each); else alone.push(each);
    }
    return { alone, crowds };
  };

  // Spots around a place for things that lie on each other, as [dx, dy]: a ring, or a spiral for many.
  D.fan = function (count) {
    if (count <= 10) {
      const radius = Math.max(30, (count * 27) / (2 * Math.PI));
      return Array.from({ length: count }, (_, i) => { const turn = (2 * Math.PI * i) / count - Math.PI / 2; return [radius * Math.cos(turn), radius * Math.sin(turn)]; });
    }
    const spots = [];
    for (let i = 0, turn = -Math.PI / 2, radius = 34; i < count; i++) {
      spots.push([radius * Math.cos(turn), radius * Math.sin(turn)]);
      turn += 27 / radius;
      radius += 27 * 27 / (2 * Math.PI * radius) + 0.6;
    }
    return spots;
  };
})((window.Doorstep = window.Doorstep || {}));
