class AppError extends Error { constructor(message, code) { super(message); this.code = code; this.name = new.target.name; } toJSON() { return { name: this.name, code: this.code, message: this.message }; } }
class NotFound extends AppError { constructor(what) { super(`no ${what}`, 404); this.what = what; } }
class Conflict extends AppError { constructor() { super('conflict', 409); } }
for (const E of [() => new NotFound('cat'), () => new Conflict(), () => new AppError('x', 1)]) {
  try { throw E(); } catch (e) { console.log(e.name, e.code, e.message, e instanceof AppError, `${e}`); }
}
class Wrapped extends AppError { constructor(message, options) { super(message, 500, options); this.extra = true; } }
class Base2 extends Error { constructor(message, options) { super(message, options); this.at = 1; } get summary() { return `${this.name}: ${this.message} (${this.cause?.message ?? 'no cause'})`; } }
class Child2 extends Base2 { constructor(what, { cause } = {}) { super('child ' + what, { cause }); this.name = 'Child2'; this.what = what; } }
class Child3 extends Base2 { name = 'Child3'; constructor(what, options) { super(what, options); } }
try { try { null.x; } catch (e) { throw new Child2('boom', { cause: new Error('inner') }); } } catch (e) { console.log(e.summary, e.what, e.cause.message); }
try { throw new Child3('c3', { cause: new RangeError('r') }); } catch (e) { console.log(e.summary, e.cause.name, e.at); }
