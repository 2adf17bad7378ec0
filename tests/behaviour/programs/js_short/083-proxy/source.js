const withDefaults = (target, fallback) =>
  new Proxy(target, {
    get: (obj, prop) => (prop in obj ? obj[prop] : fallback),
    set(obj, prop, value) {
      if (typeof value !== 'number') throw new TypeError(`${prop} must be a number`);
      obj[prop] = value;
      return true;
    },
    has: (obj, prop) => !prop.startsWith('_') && prop in obj,
    deleteProperty(obj, prop) {
      console.log('deleting', prop);
      return delete obj[prop];
    },
  });

const scores = withDefaults({ ann: 3, _secret: 1 }, 0);
console.log(scores.ann, scores.bob);
scores.bob = 7;
console.log(scores.bob, 'bob' in scores, '_secret' in scores);
try { scores.cat = 'x'; } catch (e) { console.log(e.message); }
delete scores.ann;
console.log(Object.keys(scores), Reflect.ownKeys(scores).length);
