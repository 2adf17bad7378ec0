(async () => {
  const [cart, offers] = await Promise.all([loadCart(), loadOffers()]);
  console.log(cart, offers);
})();
