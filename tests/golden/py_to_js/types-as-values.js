const isInstance = (value, type) =>
  [type]
    .flat()
    .some(
      (one) =>
        (one === Object
          ? value?.constructor === Object
          : Object(value) instanceof one) && value !== null,
    );
const typeLabel = (type) =>
  ({
    String: "str",
    Number: "int",
    Boolean: "bool",
    Array: "list",
    Object: "dict",
    Set: "set",
  })[type.name] ?? type.name;
const SCHEMA = { name: String, age: Number, tags: Array };

function check(record) {
  return Object.entries(SCHEMA)
    .filter(([key, kind]) => !isInstance(record[key] ?? null, kind))
    .map(([key, kind]) => `${key} should be ${typeLabel(kind)}`);
}

console.log(check({ name: "ann", age: "x", tags: [] }));
