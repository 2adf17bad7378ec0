// Shortest routes on a railway map (Dijkstra with a binary heap).

class MinHeap {
  constructor(compare = (a, b) => a - b) {
    this.items = [];
    this.compare = compare;
  }
  get size() { return this.items.length; }
  push(item) {
    const a = this.items;
    let i = a.push(item) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (this.compare(a[parent], a[i]) <= 0) break;
      [a[parent], a[i]] = [a[i], a[parent]];
      i = parent;
    }
  }
  pop() {
    const a = this.items;
    const top = a[0];
    const last = a.pop();
    if (a.length > 0) {
      a[0] = last;
      for (let i = 0; ; ) {
        let child = 2 * i + 1;
        if (child >= a.length) break;
        if (child + 1 < a.length && this.compare(a[child + 1], a[child]) < 0) child++;
        if (this.compare(a[i], a[child]) <= 0) break;
        [a[i], a[child]] = [a[child], a[i]];
        i = child;
      }
    }
    return top;
  }
}

class Graph {
  #adj = new Map();

  static parse(text) {
    const g = new Graph();
    for (const line of text.trim().split('\n')) {
      const [, from, to, km] = line.match(/(\w+)\s*-\s*(\w+)\s*:\s*(\d+)/);
      g.connect(from, to, Number(km));
    }
    return g;
  }

  connect(a, b, weight) {
    for (const [x, y] of [[a, b], [b, a]]) {
      if (!this.#adj.has(x)) this.#adj.set(x, new Map());
      this.#adj.get(x).set(y, weight);
    }
  }

  get nodes() { return [...this.#adj.keys()]; }

  distances(start) {
    const dist = new Map([[start, 0]]);
    const prev = new Map();
    const heap = new MinHeap(([x], [y]) => x - y);
    heap.push([0, start]);
    while (heap.size) {
      const [d, node] = heap.pop();
      if (d > dist.get(node)) continue; // outdated entry
      for (const [to, w] of this.#adj.get(node)) {
        const alt = d + w;
        if (alt < (dist.get(to) ?? Infinity)) {
          dist.set(to, alt);
          prev.set(to, node);
          heap.push([alt, to]);
        }
      }
    }
    return { dist, prev };
  }

  route(from, to) {
    const { dist, prev } = this.distances(from);
    if (!dist.has(to)) return null;
    const path = [to];
    while (path[0] !== from) path.unshift(prev.get(path[0]));
    return { path, km: dist.get(to) };
  }

  components() {
    const seen = new Set();
    const groups = [];
    for (const n of this.nodes) {
      if (seen.has(n)) continue;
      const group = [...this.distances(n).dist.keys()].sort();
      group.forEach((x) => seen.add(x));
      groups.push(group);
    }
    return groups;
  }
}

const map = Graph.parse(`
  Basel - Olten : 39
  Olten - Bern : 63
  Olten - Zurich : 64
  Bern - Lausanne : 97
  Lausanne - Geneva : 60
  Basel - Zurich : 88
  Zurich - Chur : 118
  Bern - Brig : 92
  Lausanne - Brig : 146
  Palma - Inca : 29`);

for (const [a, b] of [['Basel', 'Geneva'], ['Chur', 'Brig'], ['Zurich', 'Inca'], ['Bern', 'Bern']]) {
  const r = map.route(a, b);
  console.log(r ? `${r.path.join(' > ')} (${r.km} km)` : `no way from ${a} to ${b}`);
}
console.log(map.components());

const { dist } = map.distances('Chur');
for (const [city, km] of dist) console.log(city.padEnd(10) + String(km).padStart(4));
