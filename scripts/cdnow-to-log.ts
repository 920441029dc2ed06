import { readFileSync } from "node:fs";

/**
 * `npx tsx scripts/cdnow-to-log.ts CDNOW_sample.txt > log.csv`: the public CDNOW sample (customer
 * id, sample id, yyyymmdd, units, dollars; a purchase a line) as a log that the stand-in replays.
 *
 * Each purchase is one order of ONE line with quantity 1 at the dollars paid: the file gives only
 * the sum of its units, 29.33 for two would need a price of 14.665, and a price that does not
 * multiply back exactly would lose cents. The units stand in the title. Noon at a fixed offset keeps
 * every purchase on its day.
 */
const HEADER =
  "kind,order_id,at,customer_id,email,line_no,sku,title,quantity,unit_price,currency,refund_of";

export function cdnowToLog(text: string): string {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line, index) => convert(line, index + 1));
  return `${[HEADER, ...rows].join("\n")}\n`;
}

function convert(line: string, number: number): string {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d{4})(\d{2})(\d{2})\s+(\d+)\s+(\d+(?:\.\d{1,2})?)\s*$/.exec(
    line,
  );
  if (!match)
    throw new Error(`line ${number}: not customer, id, yyyymmdd, units, dollars: ${line}`);
  const [, customer, , year, month, day, units, dollars] = match;
  const at = `${year}-${month}-${day}T12:00:00+00:00`;
  return `sale,CDNOW-${number},${at},${customer},,1,CD,${units} CDs,1,${dollars},USD,`;
}

const [file] = process.argv.slice(2);
if (import.meta.url === `file://${process.argv[1]}`) {
  if (!file) throw new Error("usage: npx tsx scripts/cdnow-to-log.ts FILE > log.csv");
  process.stdout.write(cdnowToLog(readFileSync(file, "utf8")));
}
