export function upper(text) {
  return text.toUpperCase();
}

const exclaim = (text) => `${text}!`;

export { exclaim as shout };
