let ticks = 0;

const id = setInterval(() => {
  ticks += 1;
  console.log('tick', ticks);
  if (ticks === 4) {
    clearInterval(id);
    console.log('stopped');
  }
}, 5);

const cancelled = setTimeout(() => console.log('should not appear'), 10);
clearTimeout(cancelled);
console.log(typeof id, typeof clearInterval);
