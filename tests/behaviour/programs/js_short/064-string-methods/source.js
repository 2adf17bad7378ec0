const s = '  Hello, World!  ';

console.log(`[${s.trim()}]`, `[${s.trimStart()}]`, `[${s.trimEnd()}]`);
console.log(s.trim().split(', '));
console.log('abc'.padStart(6, '*'), 'abc'.padEnd(6, '-') + '|');
console.log('a-b-c'.replace('-', '+'), 'a-b-c'.replaceAll('-', '+'));
console.log('JavaScript'.slice(0, 4), 'JavaScript'.slice(-6), 'JavaScript'.substring(4, 0));
console.log('banana'.indexOf('an'), 'banana'.lastIndexOf('an'), 'banana'.indexOf('x'));
console.log('ha'.repeat(3), 'abc'.charAt(1), 'abc'.charCodeAt(1), String.fromCharCode(72, 105));
console.log('file.txt'.endsWith('.txt'), 'file.txt'.startsWith('txt', 5));
console.log([...'héllo'].reverse().join(''), '😀'.length, [...'😀'].length);
console.log('a,b,,c'.split(','), 'abc'.split(''));
