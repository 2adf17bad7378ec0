const kParts = Symbol('parts');

class Version {
  constructor(text) {
    this[kParts] = text.split('.').map(Number);
  }
  valueOf() {
    const [major, minor = 0] = this[kParts];
    return major * 100 + minor;
  }
}

function first(...words) {
  words.sort();
  return words[0]?.toUpperCase() ?? 'none';
}

function label(user) {
  return user?.name?.trim().slice(0, 3) ?? 'anonymous';
}

console.log(first('pear', 'apple'), first());
console.log(label({ name: '  Barbara ' }), label(undefined), label({}));
console.log(new Version('1.10') > new Version('1.9'));
console.log('v=12'.match(/(\w)=(\d+)/)?.slice(1));
const seen = new Uint8Array(3);
seen[1] = 1;
console.log(seen.join(''), Number.isInteger(seen.length / 2));
