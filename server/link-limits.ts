import { env } from './env'

/** What one frozen link may keep, compressed. A map of 5,000 edges with its series is about 1 MB. */
export const maxLinkBytes = 8 * 1024 * 1024
export const maxLinks = 5_000
/** More is a program in a loop. */
export const maxLinksPerHour = 300

/** What all frozen links may keep together, in bytes; 0 turns them off. */
export const maxFrozenBytes = (): number => env().links.maxMegabytes * 1024 * 1024
