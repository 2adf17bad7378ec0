async function warmUp() {
  const pot = heatWater();
  grindBeans();
  return await pot;
}

const kettle = heatWater();
layTable();
const cups = await kettle;
