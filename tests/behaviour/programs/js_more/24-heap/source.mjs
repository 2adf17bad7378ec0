// Priority queue (binary heap) + Dijkstra + event simulation
class Heap {
  #items = [];
  constructor(compare = (a, b) => a - b) { this.compare = compare; }
  get size() { return this.#items.length; }
  push(...values) {
    for (const v of values) {
      this.#items.push(v);
      let i = this.#items.length - 1;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (this.compare(this.#items[i], this.#items[parent]) >= 0) break;
        [this.#items[i], this.#items[parent]] = [this.#items[parent], this.#items[i]];
        i = parent;
      }
    }
    return this.size;
  }
  pop() {
    const items = this.#items;
    if (!items.length) return undefined;
    const top = items[0];
    const last = items.pop();
    if (items.length) {
      items[0] = last;
      let i = 0;
      for (;;) {
        const l = 2 * i + 1, r = l + 1;
        let min = i;
        if (l < items.length && this.compare(items[l], items[min]) < 0) min = l;
        if (r < items.length && this.compare(items[r], items[min]) < 0) min = r;
        if (min === i) break;
        [items[i], items[min]] = [items[min], items[i]];
        i = min;
      }
    }
    return top;
  }
  *drain() { while (this.size) yield this.pop(); }
}
const h = new Heap();
h.push(5, 3, 8, 1, 9, 2);
console.log(h.size, [...h.drain()], h.pop());
const graph = {
  A: { B: 7, C: 3 },
  B: { D: 2 },
  C: { B: 1, D: 8 },
  D: {},
  E: { A: 1 },
};
function dijkstra(start) {
  const dist = Object.fromEntries(Object.keys(graph).map((k) => [k, Infinity]));
  const prev = {};
  dist[start] = 0;
  const pq = new Heap((a, b) => a.cost - b.cost);
  pq.push({ node: start, cost: 0 });
  while (pq.size) {
    const { node, cost } = pq.pop();
    if (cost > dist[node]) continue;
    for (const [next, w] of Object.entries(graph[node])) {
      const total = cost + w;
      if (total < dist[next]) {
        dist[next] = total;
        prev[next] = node;
        pq.push({ node: next, cost: total });
      }
    }
  }
  const pathTo = (n) => (n === start ? [n] : prev[n] ? [...pathTo(prev[n]), n] : []);
  return { dist, pathTo };
}
const { dist, pathTo } = dijkstra('A');
for (const [node, d] of Object.entries(dist)) console.log(node, d === Infinity ? 'unreachable' : d, pathTo(node).join('>') || '-');
class Simulation {
  now = 0;
  log = [];
  #queue = new Heap((a, b) => a.at - b.at || a.seq - b.seq);
  #seq = 0;
  at(delay, fn, ...args) { this.#queue.push({ at: this.now + delay, seq: this.#seq++, fn, args }); return this; }
  run(until = Infinity) {
    let steps = 0;
    while (this.#queue.size) {
      const ev = this.#queue.pop();
      if (ev.at > until) break;
      this.now = ev.at;
      ev.fn.apply(this, ev.args);
      steps++;
    }
    return steps;
  }
}
const sim = new Simulation();
let served = 0;
function arrive(n) {
  sim.log.push(`${sim.now}:in${n}`);
  sim.at(5, depart, n);
  if (n < 3) sim.at(2, arrive, n + 1);
}
function depart(n) {
  served += 1;
  sim.log.push(`${sim.now}:out${n}`);
}
sim.at(1, arrive, 1).at(0, () => sim.log.push('0:open'));
console.log(sim.run(), served, sim.now);
console.log(sim.log.join(' '));
