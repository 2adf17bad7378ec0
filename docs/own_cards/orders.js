import { api } from "@team/client";

// Orders and what belongs to them.
export async function orderPage(id, page) {
  const [order, items] = await Promise.all([
    api.getJson(`/orders/${id}`),
    api.getJson(`/orders/${id}/items`, { params: { page } }),
  ]);
  return { ...order, items };
}
