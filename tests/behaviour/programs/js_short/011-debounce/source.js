function debounce(fn, wait) {
  let timer = null;
  return function (...args) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      fn.apply(this, args);
    }, wait);
  };
}

const search = debounce((q) => console.log('Searching for', q), 20);

search('j');
search('ja');
search('java');
setTimeout(() => {
  search('javas');
  search('javascript');
}, 50);
console.log('typing...');
