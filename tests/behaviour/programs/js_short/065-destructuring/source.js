const config = {
  server: { host: 'localhost', ports: [8080, 8443] },
  debug: null,
};

const { server: { host, ports: [http, https, admin = 9000] }, debug = true, mode = 'dev' } = config;
console.log(host, http, https, admin, debug, mode);

let a = 1, b = 2;
[a, b] = [b, a];
console.log(a, b);

const [first, , third, ...rest] = 'abcdef';
console.log(first, third, rest);

function area({ width = 1, height = width } = {}) {
  return width * height;
}
console.log(area(), area({ width: 3 }), area({ width: 3, height: 2 }));

const key = 'dynamic';
const { [key]: val = 'none', ...others } = { dynamic: 5, x: 1, y: 2 };
console.log(val, others);
