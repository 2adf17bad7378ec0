const clean = (s) => s.toLowerCase().replace(/[^a-z0-9]/g, '');
const isPalindrome = (s) => clean(s) === [...clean(s)].reverse().join('');
const sortLetters = (s) => [...clean(s)].sort().join('');
const isAnagram = (a, b) => sortLetters(a) === sortLetters(b);

console.log(isPalindrome('A man, a plan, a canal: Panama'));
console.log(isPalindrome('hello'));
console.log(isAnagram('Dormitory', 'dirty room!'), isAnagram('abc', 'abd'));

const titleCase = (s) => s.replace(/\b\w/g, (c) => c.toUpperCase());
console.log(titleCase('the quick brown fox'));

const vowels = (s) => (s.match(/[aeiou]/gi) || []).length;
console.log(vowels('Programming Is Awesome'), vowels('rhythm'));

const caesar = (s, k) =>
  s.replace(/[a-z]/gi, (c) => {
    const base = c <= 'Z' ? 65 : 97;
    return String.fromCharCode(((c.charCodeAt(0) - base + k + 26) % 26) + base);
  });
console.log(caesar('Hello, World!', 3), caesar(caesar('Zebra', 5), -5));
