import { whenForgotten } from "@/lib/forgetting";

/** Where each shelf stood, for as long as the app is open and the same profile watches. */
export const places = new Map<string, { left: number; card: number }>();

whenForgotten(() => places.clear());
