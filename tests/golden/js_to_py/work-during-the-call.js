// What a call does at once is done at once: the promise is settled by others.
class Ferry {
  constructor(seats) {
    this.seats = seats;
    this.waiting = [];
  }
  board(name) {
    return new Promise((resolve) => {
      console.log("at the pier:", name);
      this.waiting.push({ name, resolve });
      if (this.waiting.length === this.seats) this.leave();
    });
  }
  leave() {
    for (const { name, resolve } of this.waiting.splice(0)) resolve(`${name} is across`);
  }
}
async function main() {
  const ferry = new Ferry(2);
  const ann = ferry.board("Ann");
  console.log("one waits");
  const all = ["Bo", "Cy", "Di"].map((name) => ferry.board(name));
  console.log(await ann, await Promise.all(all));
}
main();
