function parseAge(input) {
  const age = Number(input);
  if (Number.isNaN(age)) throw new TypeError(`"${input}" is not a number`);
  if (age < 0) throw new RangeError('age must be positive');
  return age;
}

for (const value of ['42', 'abc', '-1']) {
  try {
    console.log('age', parseAge(value));
  } catch (err) {
    console.log(err.constructor.name + ':', err.message);
  } finally {
    console.log('checked', value);
  }
}

try { null.foo; } catch (e) { console.log(e.message); }
try { undefinedVar; } catch (e) { console.log(e.name, e.message); }
try { const c = 1; c = 2; } catch (e) { console.log(e.message); }
try { ({}).fn(); } catch (e) { console.log(e instanceof TypeError); }
try { throw { code: 7 }; } catch ({ code }) { console.log('code', code); }
