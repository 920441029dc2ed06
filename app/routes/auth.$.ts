import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireShop } from "~/auth.server";

/** The pages between Shopify and the app (session token, leaving the frame): the library makes them. */
export async function loader(args: LoaderFunctionArgs) {
  await requireShop(args);
  const { search } = new URL(args.request.url);
  return redirect(`/app${search}`);
}
