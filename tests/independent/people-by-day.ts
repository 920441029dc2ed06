/** What an order tells about who bought. */
export interface Person {
  customer: { id: string } | null;
  email: string | null;
  phone: string | null;
}

/** A buyer is known by customer id, else by email without case and outer blanks, else by phone digits. */
export function personOf({ customer, email, phone }: Person): string | null {
  if (customer) return `customer ${customer.id}`;
  const address = (email ?? "").trim().toLowerCase();
  if (address !== "") return `email ${address}`;
  const digits = (phone ?? "").replace(/\D/g, "");
  return digits === "" ? null : `phone ${digits}`;
}

export interface PeopleCounts {
  new_customers: number;
  returning_customers: number;
  unknown_customers: number;
}

/** New: first order on that day. Returning: an order that day and one on an earlier day. Unknown: orders. */
export function peopleByDay(
  visits: { day: string; person: string | null }[],
): Map<string, PeopleCounts> {
  const firstDays = new Map<string, string>();
  const buyers = new Map<string, Set<string>>();
  const counts = new Map<string, PeopleCounts>();
  for (const { day, person } of visits) {
    const count = counts.get(day) ?? {
      new_customers: 0,
      returning_customers: 0,
      unknown_customers: 0,
    };
    counts.set(day, count);
    if (person === null) {
      count.unknown_customers += 1;
      continue;
    }
    const first = firstDays.get(person);
    if (first === undefined || day < first) firstDays.set(person, day);
    buyers.set(day, (buyers.get(day) ?? new Set()).add(person));
  }
  for (const [day, people] of buyers) {
    const count = counts.get(day);
    if (!count) continue;
    for (const person of people) {
      if (firstDays.get(person) === day) count.new_customers += 1;
      else count.returning_customers += 1;
    }
  }
  return counts;
}
