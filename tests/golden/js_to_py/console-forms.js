const util = require('node:util');

console.group('Report');
console.log('two lines\nin a group');
console.group();
console.log(util.format('%s: %d of %d', 'done', 1, 2));
console.groupEnd();
console.groupEnd();
console.count('step');
console.count('step');
console.dir({ a: 1 }, { depth: null });
console.table([{ id: 1, name: 'a' }, { id: 20, name: 'bc' }]);
