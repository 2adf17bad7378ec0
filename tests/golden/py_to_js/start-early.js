async function checkout() {
  const task = reserveSeats();
  // meanwhile, something else
  const seats = await task;
}
