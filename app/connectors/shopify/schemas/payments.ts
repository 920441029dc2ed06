import { z } from "zod";
import { bag, children, flag, instant, money, rate, reference, text } from "./primitives";

const transactionFee = z.object({
  id: z.string(),
  type: text,
  rate,
  rateName: text,
  flatFeeName: text,
  amount: money.nullish(),
  flatFee: money.nullish(),
  taxAmount: money.nullish(),
});

export const transaction = z.object({
  id: z.string(),
  kind: text,
  status: text,
  gateway: text,
  test: flag,
  manualPaymentGateway: flag,
  createdAt: instant,
  processedAt: instant,
  errorCode: text,
  paymentId: text,
  parentTransaction: reference,
  location: reference,
  amountSet: bag,
  amountRoundingSet: bag,
  totalUnsettledSet: bag,
  settlementCurrency: text,
  settlementCurrencyRate: rate,
  currencyExchangeAdjustment: z.object({ adjustment: money.nullish() }).nullish(),
  paymentDetails: z.object({ company: text, wallet: text, paymentMethodName: text }).nullish(),
  fees: children(transactionFee),
});
