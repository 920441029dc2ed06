/** An order that counts, placed by somebody. */
export interface Visit {
  orderId: bigint;
  at: Date;
  /** Day of the shop. */
  day: string;
  currency: string | null;
  /** Who it was; null for nobody known. */
  person: string | null;
  /** The how-manieth order of the customer, as Shopify says. */
  orderIndex: number | null;
}

export interface PeopleOfDay {
  newCustomers: Set<string>;
  returningCustomers: Set<string>;
}

/**
 * Who was new and who returned, by `day currency`. Where the history is not whole, a first stored
 * order that Shopify counts as a later one makes nobody new.
 */
export function peopleByDay(
  visits: readonly Visit[],
  wholeHistory: boolean,
): Map<string, PeopleOfDay> {
  const firsts = new Map<string, Visit>();
  for (const visit of visits) {
    if (visit.person === null) continue;
    const first = firsts.get(visit.person);
    if (!first || earlier(visit, first)) firsts.set(visit.person, visit);
  }
  const days = new Map<string, PeopleOfDay>();
  for (const { day, currency, person } of visits) {
    if (person === null || currency === null) continue;
    const key = `${day} ${currency}`;
    const people = days.get(key) ?? { newCustomers: new Set(), returningCustomers: new Set() };
    days.set(key, people);
    const first = firsts.get(person);
    const hadEarlier = !wholeHistory && (first?.orderIndex ?? 1) > 1;
    const isNew = first?.day === day && !hadEarlier;
    (isNew ? people.newCustomers : people.returningCustomers).add(person);
  }
  return days;
}

function earlier(a: Visit, b: Visit): boolean {
  const apart = a.at.getTime() - b.at.getTime();
  return apart === 0 ? a.orderId < b.orderId : apart < 0;
}
