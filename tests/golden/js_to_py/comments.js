#!/usr/bin/env node
// A tour of the places where comments stand.

// The harbour's address.
import { setTimeout as sleep } from "node:timers/promises"; // waits

/**
 * Reports on one berth.
 */
async function report(
  berth, // its number
  depth, // in metres
) {
  // first
  await sleep(5); // a moment
  if (depth > 3) { // deep
    // big ships
    return [
      berth, // number
      // and depth
      depth,
      // nothing else
    ];
  }
  // shallow
  else if (berth > 1) {
    console.log(/* which */ berth, 5 /* metres */);
  } else {
    // no ships
  }
  try {
    await sleep(1);
  } catch {
    // never mind
  }
  const sizes = {
    // the smallest
    small: 1, // one
    large: 2,
    // no more
  };
  // all of them
  for (const size of Object.keys(sizes)) { // each
    console.log(size); // said
    // next
  }
  return [];
  // the end of report
}

class Pier {
  // how long
  length = 10; // metres

  // eslint-disable-next-line class-methods-use-this
  lights() {
    return 3; // bulbs
  }
  // the end of Pier
}

// go
console.log(await report(1, 4), new Pier().lights());
// out
