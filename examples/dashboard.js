// A harbour's morning board: readings come from slow instruments, several at once.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function readTide(harbour) {
  await sleep(30); // the gauge answers slowly
  return { level: harbour.length, rising: true };
}

async function readWind(harbour) {
  await sleep(20);
  if (harbour === "Nowhere") {
    throw new Error(`no mast at ${harbour}`);
  }
  return { knots: 12, from: "SW" };
}

async function morningBoard(harbour) {
  const [tide, wind] = await Promise.all([readTide(harbour), readWind(harbour)]);
  const direction = tide.rising ? "rising" : "falling";
  return { harbour, tide: `${tide.level} m, ${direction}`, wind: `${wind.knots} kn ${wind.from}` };
}

async function main() {
  for (const harbour of ["Whitby", "Nowhere"]) {
    try {
      const board = await morningBoard(harbour);
      console.log(`${board.harbour}: tide ${board.tide}; wind ${board.wind}`);
    } catch (error) {
      console.log(`${harbour}: ${error.message}`);
    }
  }
}

main();
