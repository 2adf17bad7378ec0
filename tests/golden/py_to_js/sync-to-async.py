basket = load_basket(user_id)
return total(basket)
