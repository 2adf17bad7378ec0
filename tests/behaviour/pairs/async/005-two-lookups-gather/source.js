const delay = (ms, value) =>
  new Promise((resolve) => setTimeout(() => resolve(value), ms));

const findMember = (id) => delay(10, { id, name: "Grace" });
const findLoans = (id) => delay(5, [`loan-${id}-a`, `loan-${id}-b`]);

async function lendingDesk(id) {
  const [member, loans] = await Promise.all([
    findMember(id),
    findLoans(id),
  ]);
  return { member, loans };
}

const { member, loans } = await lendingDesk(3);
console.log(`${member.name}: ${loans.join(", ")}`);
