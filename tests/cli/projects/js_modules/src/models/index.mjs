export { User } from "./user.mjs";
export { describe } from "./user.mjs";
