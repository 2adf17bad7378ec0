'use strict';

class Graph {
  constructor(directed = false) {
    this.adj = new Map();
    this.directed = directed;
  }
  addEdge(u, v, w = 1) {
    if (!this.adj.has(u)) this.adj.set(u, []);
    if (!this.adj.has(v)) this.adj.set(v, []);
    this.adj.get(u).push({ node: v, weight: w });
    if (!this.directed) this.adj.get(v).push({ node: u, weight: w });
    return this;
  }
  bfs(start) {
    const seen = new Set([start]);
    const queue = [start];
    const order = [];
    while (queue.length) {
      const node = queue.shift();
      order.push(node);
      for (const { node: next } of this.adj.get(node) ?? []) {
        if (!seen.has(next)) {
          seen.add(next);
          queue.push(next);
        }
      }
    }
    return order;
  }
  dijkstra(source) {
    const dist = {};
    const prev = {};
    for (const k of this.adj.keys()) dist[k] = Infinity;
    dist[source] = 0;
    const pending = new Set(this.adj.keys());
    while (pending.size > 0) {
      let best = null;
      for (const k of pending) {
        if (best === null || dist[k] < dist[best]) best = k;
      }
      pending.delete(best);
      for (const { node, weight } of this.adj.get(best)) {
        const alt = dist[best] + weight;
        if (alt < dist[node]) {
          dist[node] = alt;
          prev[node] = best;
        }
      }
    }
    return { dist, prev };
  }
  path(from, to) {
    const { prev, dist } = this.dijkstra(from);
    if (dist[to] === Infinity) return null;
    const path = [];
    for (let at = to; at !== undefined; at = prev[at]) path.unshift(at);
    return path;
  }
}

function topoSort(deps) {
  const result = [];
  const state = {};
  const visit = (n, trail = []) => {
    if (state[n] === 'done') return;
    if (state[n] === 'visiting') throw new Error(`cycle: ${[...trail, n].join(' -> ')}`);
    state[n] = 'visiting';
    (deps[n] || []).forEach((d) => visit(d, [...trail, n]));
    state[n] = 'done';
    result.push(n);
  };
  Object.keys(deps).sort().forEach((n) => visit(n));
  return result;
}

const g = new Graph();
g.addEdge('A', 'B', 4).addEdge('A', 'C', 1).addEdge('C', 'B', 2).addEdge('B', 'D', 5).addEdge('X', 'Y');
console.log(g.bfs('A').join(' '));
const { dist } = g.dijkstra('A');
for (const [k, v] of Object.entries(dist)) console.log(`${k}: ${v === Infinity ? 'unreachable' : v}`);
console.log(g.path('A', 'D'), g.path('A', 'Y'));
console.log(topoSort({ app: ['db', 'log'], db: ['log'], log: [] }));
try {
  topoSort({ a: ['b'], b: ['c'], c: ['a'] });
} catch ({ message }) {
  console.log(message);
}
