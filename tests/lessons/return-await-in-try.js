// A promise returned out of a try that was meant to guard it.
async function load(x) { await fetch(x); }
async function found(flag) {
  try {
    return load(1); //~ return-await-in-try
  } catch (error) {
    console.error(error);
  }
  try {
    if (flag) return load(2); //~ return-await-in-try
    return flag ? load(3) : null; //~ return-await-in-try
  } finally {
    console.log("done");
  }
}
async function handlers(flag) {
  try {
    await load(1);
  } catch {
    return load(2); //~ return-await-in-try
  } finally {
    console.log("done");
  }
  try {
    return flag && load(3); //~ return-await-in-try
  } catch {
    return null;
  }
}
const arrow = async () => {
  try { return load(1); } catch { return 2; } //~ return-await-in-try
};
async function variable() {
  const p = load(1);
  try {
    for (;;) return p; //~ return-await-in-try
  } catch {
    return 1;
  }
}
class A {
  async go() { await fetch("/"); }
  async run() {
    try { return this.go(); } catch { return 1; } //~ return-await-in-try
  }
}

async function fine() {
  try {
    return await load(1); // ok
  } catch {
    return load(2); // ok
  }
}
async function outside() { return load(1); } // ok
async function inner() {
  try {
    return [1].map(() => load(1)); // ok
  } catch {
    return 1; // ok
  }
}
async function nestedFunction() {
  try {
    const f = async () => { return load(1); }; // ok
    return await f();
  } catch {
    return 1;
  }
}
async function last() {
  try {
    console.log(1);
  } finally {
    return load(1); // ok
  }
}
function plain() {
  try { return load(1); } catch { return 1; } // ok
}
async function unknownCall() {
  try { return unknown(); } catch { return 1; } // ok
}
async function shadow(load) {
  try { return load(); } catch { return 1; } // ok
}
