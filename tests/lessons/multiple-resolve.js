// One path, two settlements.
new Promise((resolve, reject) => {
  fn((error, value) => {
    if (error) {
      reject(error);
    }
    resolve(value); //~ multiple-resolve
  });
});
new Promise((resolve) => { resolve(1); resolve(2); }); //~ multiple-resolve
new Promise((resolve, reject) => { resolve(1); reject(new Error("late")); }); //~ multiple-resolve
new Promise((ok, fail) => {
  if (a) ok(1);
  if (b) fail(2); //~ multiple-resolve
});
new Promise((resolve, reject) => {
  try {
    resolve(1);
    after();
  } catch (error) {
    reject(error); //~ multiple-resolve
  }
});
new Promise((resolve) => {
  for (const x of xs) {
    if (x) resolve(x); //~ multiple-resolve
  }
});
new Promise((resolve, reject) => {
  switch (kind) {
    case 1:
      resolve(1);
    case 2:
      reject(2); //~ multiple-resolve
      break;
    default:
      resolve(3);
  }
});
new Promise((resolve) => {
  try {
    resolve(1);
  } finally {
    resolve(2); //~ multiple-resolve
  }
});

new Promise((resolve, reject) => {
  fn((error, value) => {
    if (error) {
      reject(error); // ok
      return;
    }
    resolve(value); // ok
  });
});
new Promise((resolve, reject) => { if (a) resolve(1); else reject(2); }); // ok
new Promise((resolve, reject) => { a ? resolve(1) : reject(2); }); // ok
new Promise((resolve, reject) => {
  try {
    resolve(compute()); // ok
  } catch (error) {
    reject(error); // ok
  }
});
new Promise((resolve, reject) => {
  request.on("end", () => resolve(1)); // ok
  request.on("error", () => reject(2)); // ok
});
new Promise((resolve) => {
  for (const x of xs) {
    if (x) { resolve(x); return; } // ok
  }
  resolve(null);
});
new Promise((resolve) => {
  if (a) { resolve(1); throw new Error("stop"); }
  resolve(2); // ok
});
new Promise((resolve) => {
  fn((resolve) => { resolve(1); });
  resolve(2); // ok
});
new Other((resolve) => { resolve(1); resolve(2); }); // ok
