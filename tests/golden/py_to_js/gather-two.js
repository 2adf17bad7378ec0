const [cart, offers] = await Promise.all([loadCart(), loadOffers()]);
