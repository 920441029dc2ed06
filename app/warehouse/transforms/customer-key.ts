interface Buyer {
  customerId: string | null;
  email: string | null;
  phone: string | null;
}

/**
 * Who a buyer is, for counting new and returning customers (metrics.md, `new_customers`): the
 * customer, else the normalised email, else the digits of the phone, else nobody (null).
 */
export function customerKey({ customerId, email, phone }: Buyer): string | null {
  if (customerId) return `customer:${customerId}`;
  const address = email?.trim().toLowerCase();
  if (address) return `email:${address}`;
  const digits = phone?.replace(/\D/g, "");
  return digits ? `phone:${digits}` : null;
}
