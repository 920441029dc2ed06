import { PrismaPg } from "@prisma/adapter-pg";

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;
type Transaction = Awaited<ReturnType<Adapter["startTransaction"]>>;

const LAST_WORDS = new Set(["COMMIT", "ROLLBACK"]);

/**
 * Prisma's adapter for pg, but a transaction whose COMMIT or ROLLBACK fails gives its connection
 * back. Prisma 6.19 forgets it then: each transaction that a lost connection breaks off would take
 * one place of the pool for good, until nobody gets a connection any more.
 */
export class ReleasingPrismaPg extends PrismaPg {
  override async connect(): Promise<Adapter> {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => releasing(await start(isolationLevel));
    return adapter;
  }
}

function releasing(transaction: Transaction): Transaction {
  const execute = transaction.executeRaw.bind(transaction);
  transaction.executeRaw = async (query) => {
    try {
      return await execute(query);
    } catch (error) {
      // Releases, and says nothing to the database; a broken connection does not return to the pool.
      if (LAST_WORDS.has(query.sql)) await transaction.rollback();
      throw error;
    }
  };
  return transaction;
}
