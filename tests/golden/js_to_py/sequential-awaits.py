order = await fetch_order(order_id)
lines = await fetch_lines(order_id)
