// A greenhouse with valves that open slowly: a class with asynchronous methods and a getter.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Bed {
  #litres = 0;

  constructor(name, need) {
    this.name = name;
    this.need = need;
  }

  get dry() {
    return this.#litres < this.need;
  }

  async water(litres) {
    await sleep(2);
    this.#litres += litres;
    return this.#litres;
  }
}

class Greenhouse {
  constructor(beds) {
    this.beds = beds;
  }

  static async open(names) {
    await sleep(2);
    return new Greenhouse(names.map((name) => new Bed(name, name.length)));
  }

  async waterAll() {
    for (const bed of this.beds) {
      while (bed.dry) {
        const level = await bed.water(3);
        console.log(`${bed.name}: ${level} l`);
      }
    }
  }
}

async function main() {
  const house = await Greenhouse.open(["kale", "tomato"]);
  await house.waterAll();
  console.log("all wet:", house.beds.every((bed) => !bed.dry));
}

main();
