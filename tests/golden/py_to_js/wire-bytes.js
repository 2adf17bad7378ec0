/** Frames of a protocol: bytes that are no text, and bytes that are put together. */

const MAGIC = Buffer.from("ff0041", "hex");

function frame(payload) {
  const header = Buffer.concat([MAGIC, Buffer.from([payload.length])]);
  return Buffer.concat([header, payload, Buffer.from("\r\n")]);
}

function frames(payloads) {
  let data = Buffer.from("");
  for (const payload of payloads) {
    data = Buffer.concat([data, frame(payload)]);
  }
  return data;
}

const whole = frames([Buffer.from("ab"), Buffer.from("c")]);
console.log(MAGIC.length, MAGIC[0], whole.length);

const SUMMARY = "%d bytes, %s";

function summary(data, comment) {
  return `${data.length} bytes, ${comment}`;
}

console.log(summary(whole, "all of them"));
