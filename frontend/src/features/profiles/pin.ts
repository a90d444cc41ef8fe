/** How many figures a profile's PIN has. */
export const pinLength = 4;
