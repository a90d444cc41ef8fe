interface Connection {
  saveData?: boolean;
  effectiveType?: string;
  /** Megabits a second of what was loaded lately. */
  downlink?: number;
}

/** What the browser knows of its line (Network Information API); nothing in Firefox and Safari. */
export const connection = (): Connection => (navigator as { connection?: Connection }).connection ?? {};
