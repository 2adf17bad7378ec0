const RATES = { eur: 2, usd: 3 };

async function fetchPrice(name) {
  await new Promise((resolve) => setTimeout(resolve, 2));
  return name.length * RATES.eur;
}

module.exports = { fetchPrice, RATES };
