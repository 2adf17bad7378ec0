const { fetchPrice, RATES } = require("./lib/prices");
const cart = require("./lib/cart");
const Logger = require("./logger");
const { double: twice } = require("./lib");

const logger = new Logger("shop");

async function main() {
  cart.add("apple", 2);
  cart.add("pear", 3);
  const prices = await Promise.all(cart.names().map((name) => fetchPrice(name)));
  logger.info(prices.join(" "));
  logger.info(String(twice(cart.count())));
  console.log(RATES.eur, logger.lines);
}

main();
