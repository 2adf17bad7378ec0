async function checkout() {
  const promise = reserveSeats();
  // meanwhile, something else
  const seats = await promise;
}
