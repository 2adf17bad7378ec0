const basket = await loadBasket(userId);
return total(basket);
