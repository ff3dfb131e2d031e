// The columns of the timeline, which all plays of a page share. A moment has as many as the play with most turns in
// it, so that two plays stand at the same virtual time in every column.

const TURN = 14;
const SHARE = 0.45;

/** Columns, and where they are drawn. */
export class Columns {
  constructor(plays) {
    const queues = plays.map((play) => play.turns.map((turn) => turn.at));
    const next = plays.map(() => 0);
    this.all = [];
    this.moments = [];
    this.columnOf = plays.map((play) => new Array(play.turns.length));
    while (next.some((at, play) => at < queues[play].length)) {
      const at = Math.min(...next.map((turn, play) => queues[play][turn] ?? Infinity));
      const moment = { at, first: this.all.length };
      this.moments.push(moment);
      while (next.some((turn, play) => queues[play][turn] <= at)) {
        const turns = next.map((turn, play) => (queues[play][turn] <= at ? turn : -1));
        turns.forEach((turn, play) => {
          if (turn < 0) return;
          this.columnOf[play][turn] = this.all.length;
          next[play] += 1;
        });
        // A play that has no turn here shows its last one, which is over.
        this.all.push({ at, moment, turns: next.map((turn) => turn - 1), active: turns.map((turn) => turn >= 0) });
      }
    }
    this.end = Math.max(0, ...plays.map((play) => play.data.elapsed), this.moments.at(-1)?.at ?? 0);
    this.place(600);
  }

  /** Lay the columns out over so many pixels: half of them at most for turns, the rest is virtual time to scale. */
  place(width) {
    const turns = Math.max(1, this.all.length);
    this.turn = this.end > 0 ? Math.min(TURN, (width * SHARE) / turns) : Math.min(3 * TURN, width / turns);
    this.rest = this.end > 0 ? width - this.turn * turns : 0;
  }

  #elapsed(at) {
    return this.end > 0 ? (this.rest * at) / this.end : 0;
  }

  /** Where the middle of a column is. */
  x(column) {
    return this.turn * (column + 0.5) + this.#elapsed(this.all[column].at);
  }

  /** Where a virtual second is: at the left of its columns, if it has any. */
  xOfTime(at) {
    let low = 0;
    let high = this.moments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.moments[middle].at < at) low = middle + 1;
      else high = middle;
    }
    const before = this.moments[low]?.first ?? this.all.length;
    return this.turn * before + this.#elapsed(at);
  }

  /** The column nearest to a place. */
  nearest(x) {
    let low = 0;
    let high = this.all.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.x(middle) < x) low = middle + 1;
      else high = middle;
    }
    return low > 0 && x - this.x(low - 1) < this.x(low) - x ? low - 1 : low;
  }
}
