import { problemResponse } from "~/lib/problem";

function nothingHere(): never {
  throw problemResponse(404, "There is nothing at this address.");
}

export const loader = nothingHere;
export const action = nothingHere;
