import { upper } from "./format.mjs";

const rows = [];
export let counter = 0;

export function bump() {
  counter += 1;
}

export async function load(index) {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return rows[index];
}

export default async (name) => {
  rows.push(upper(name));
};
