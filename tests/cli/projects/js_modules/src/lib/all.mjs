export const LIMIT = 3;
export function join(parts) {
  return parts.join("-");
}
