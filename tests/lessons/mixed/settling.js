// only: multiple-resolve
new Promise((resolve, reject) => {
  fn((error, value) => {
    if (error) {
      reject(error);
    }
    resolve(value); //~ multiple-resolve
  });
});
new Promise((resolve, reject) => {
  fn((error, value) => {
    if (error) { reject(error); return; }
    resolve(value);
  });
});
new Promise((resolve, reject) => {
  fn((error, value) => {
    if (error) reject(error); else resolve(value);
  });
});
new Promise((resolve, reject) => {
  try { resolve(1); } catch (e) { reject(e); }
});
new Promise((resolve, reject) => {
  try { foo(); resolve(1); } catch (e) { reject(e); }
});
new Promise((resolve, reject) => {
  try { foo(); } catch (e) { reject(e); }
  resolve(1); //~ multiple-resolve
});
new Promise((resolve, reject) => {
  resolve(1);
  resolve(2); //~ multiple-resolve
});
new Promise((resolve, reject) => {
  switch (a) { case 1: resolve(1); break; case 2: resolve(2); break; default: reject(3); }
});
new Promise((resolve, reject) => {
  switch (a) { case 1: resolve(1); case 2: resolve(2); } //~ multiple-resolve
});
new Promise((resolve, reject) => {
  const done = resolve;
  done(1);
  resolve(2); //~ multiple-resolve
});
new Promise((resolve, reject) => {
  a ? resolve(1) : reject(2);
});
new Promise((resolve, reject) => {
  for (const x of xs) { if (x) { resolve(x); return; } }
  reject(new Error("none"));
});
new Promise((resolve, reject) => {
  for (const x of xs) { if (x) { resolve(x); break; } }
  reject(new Error("none")); //~ multiple-resolve
});
new Promise((resolve, reject) => {
  s.on("data", (d) => resolve(d));
  s.on("error", reject);
});
new Promise((resolve, reject) => {
  if (!ok) reject(new Error("x")); 
  else { resolve(1); }
});
new Promise((resolve, reject) => {
  if (!ok) throw new Error("x");
  resolve(1);
});
new Promise((resolve, reject) => {
  function resolve2(resolve) { resolve(1); }
  resolve(1);
  resolve2(resolve);
});
