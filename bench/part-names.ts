/** The measurements, in the order in which they are shown; each is a file of bench/parts. */
export const partNames = ['answers', 'restart', 'mails', 'costs', 'memory', 'starts', 'recording', 'commands'] as const;
