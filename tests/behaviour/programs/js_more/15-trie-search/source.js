class TrieNode {
  constructor() {
    this.children = {};
    this.end = false;
    this.weight = 0;
  }
}

class Trie {
  constructor(words = []) {
    this.root = new TrieNode();
    this.size = 0;
    words.forEach(([w, weight]) => this.insert(w, weight));
  }
  insert(word, weight = 1) {
    let node = this.root;
    for (const ch of word) {
      node.children[ch] ??= new TrieNode();
      node = node.children[ch];
    }
    if (!node.end) this.size++;
    node.end = true;
    node.weight = weight;
  }
  #find(prefix) {
    let node = this.root;
    for (const ch of prefix) {
      node = node.children[ch];
      if (!node) return null;
    }
    return node;
  }
  has(word) {
    return this.#find(word)?.end ?? false;
  }
  *walk(node = this.root, path = '') {
    if (node.end) yield [path, node.weight];
    for (const ch of Object.keys(node.children).sort()) yield* this.walk(node.children[ch], path + ch);
  }
  suggest(prefix, limit = 3) {
    const start = this.#find(prefix);
    if (!start) return [];
    return [...this.walk(start, prefix)].sort(([, a], [, b]) => b - a).slice(0, limit).map(([w]) => w);
  }
  delete(word) {
    const remove = (node, i) => {
      if (i === word.length) {
        if (!node.end) return false;
        node.end = false;
        this.size--;
        return Object.keys(node.children).length === 0;
      }
      const child = node.children[word[i]];
      if (child && remove(child, i + 1)) {
        delete node.children[word[i]];
        return !node.end && Object.keys(node.children).length === 0;
      }
      return false;
    };
    remove(this.root, 0);
  }
}

const trie = new Trie([['car', 5], ['card', 3], ['care', 9], ['cat', 7], ['dog', 1]]);
console.log(trie.size, trie.has('car'), trie.has('ca'));
console.log(trie.suggest('car'), trie.suggest('x'));
trie.delete('care');
trie.delete('nope');
console.log(trie.suggest('ca', 2), trie.size);
for (const [word, weight] of trie.walk()) console.log(word.padEnd(6) + weight);

function levenshtein(a, b) {
  const dp = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) dp[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      dp[i][j] = a[i - 1] === b[j - 1] ? dp[i - 1][j - 1] : 1 + Math.min(dp[i - 1][j], dp[i][j - 1], dp[i - 1][j - 1]);
    }
  }
  return dp[a.length][b.length];
}
console.log(levenshtein('kitten', 'sitting'), levenshtein('', 'abc'));
