// A compact observable library with timers, used for a stock ticker.

class Observable {
  constructor(subscribe) {
    this._subscribe = subscribe;
  }

  static of(...values) {
    return new Observable((o) => {
      values.forEach((v) => o.next(v));
      o.complete();
    });
  }
  static interval(ms) {
    return new Observable((o) => {
      let n = 0;
      const t = setInterval(() => o.next(n++), ms);
      return () => clearInterval(t);
    });
  }
  static merge(...sources) {
    return new Observable((o) => {
      let open = sources.length;
      const subs = sources.map((s) =>
        s.subscribe({ next: o.next, error: o.error, complete: () => --open === 0 && o.complete() }));
      return () => subs.forEach((s) => s.unsubscribe());
    });
  }

  subscribe(observer) {
    const obs = typeof observer === 'function' ? { next: observer } : observer;
    let closed = false;
    let teardown;
    const close = () => {
      if (closed) return;
      closed = true;
      teardown?.();
    };
    const sink = {
      next: (v) => { if (!closed) obs.next?.(v); },
      error: (e) => { if (!closed) { close(); obs.error ? obs.error(e) : console.log('unhandled', e.message); } },
      complete: () => { if (!closed) { close(); obs.complete?.(); } },
    };
    try {
      teardown = this._subscribe(sink);
    } catch (e) {
      sink.error(e);
    }
    if (closed) teardown?.();
    return { unsubscribe: close, get closed() { return closed; } };
  }

  #derive(onNext) {
    return new Observable((o) => {
      const sub = this.subscribe({
        next: (v) => { try { onNext(v, o); } catch (e) { o.error(e); } },
        error: o.error,
        complete: o.complete,
      });
      return () => sub.unsubscribe();
    });
  }
  map(fn) { return this.#derive((v, o) => o.next(fn(v))); }
  filter(fn) { return this.#derive((v, o) => fn(v) && o.next(v)); }
  scan(fn, seed) { let acc = seed; return this.#derive((v, o) => o.next((acc = fn(acc, v)))); }
  take(n) {
    let left = n;
    return this.#derive((v, o) => {
      left--;
      o.next(v);
      if (left === 0) o.complete();
    });
  }
  toPromise() {
    return new Promise((resolve, reject) => {
      let last;
      this.subscribe({ next: (v) => (last = v), error: reject, complete: () => resolve(last) });
    });
  }
}

Observable.of(1, 2, 3, 4).filter((n) => n % 2 === 0).map((n) => n * 100).subscribe({
  next: (v) => console.log('even', v),
  complete: () => console.log('complete'),
});

const prices = [100, 103, 99, 99, 110, 120];
const ticker = Observable.interval(5).map((i) => {
  if (i >= prices.length) throw new RangeError('market closed');
  return prices[i];
});

const peak = await ticker.take(5).scan(Math.max, -Infinity).toPromise();
console.log('peak', peak);

const changes = await ticker
  .scan(({ last, log }, p) => ({ last: p, log: last === null ? log : [...log, p - last] }), { last: null, log: [] })
  .take(4)
  .toPromise();
console.log('changes', changes.log);

await ticker.toPromise().catch((e) => console.log(`${e.name}: ${e.message}`));

let beats = 0;
const sub = Observable.interval(5).subscribe(() => ++beats === 3 && sub.unsubscribe());
await new Promise((r) => setTimeout(r, 60));
console.log('beats', beats, 'closed', sub.closed);

const merged = await Observable.merge(
  Observable.interval(30).take(1).map(() => 'slow'),
  Observable.of('a', 'b'),
).scan((all, v) => all.concat(v), []).toPromise();
console.log(merged);
new Observable(() => { throw new Error('bad source'); }).subscribe(() => {});
