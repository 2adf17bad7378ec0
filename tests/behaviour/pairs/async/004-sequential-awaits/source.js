async function readTimetable() {
  return { line: "coast" };
}

async function findTrain(id) {
  return { id, name: `train-${id}` };
}

async function planTrip(id) {
  const timetable = await readTimetable();
  const train = await findTrain(id);
  return { timetable, train };
}

async function main() {
  const { timetable, train } = await planTrip(7);
  console.log(`${train.name} on the ${timetable.line}`);
}

main();
