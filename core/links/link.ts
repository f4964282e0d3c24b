/** A shared link as its list shows it. The address is not known: only the hash of its token is kept. */
export type LinkRow = {
  readonly id: number
  readonly title: string
  /** Path and query within the console. */
  readonly path: string
  /** With the answers as they were; else whoever opens it sees what is there then. */
  readonly frozen: boolean
  /** The time that a frozen link is about, in milliseconds; null for a live one. */
  readonly from: number | null
  readonly to: number | null
  readonly createdBy: string
  readonly createdAt: number
  /** null: kept until somebody deletes it. */
  readonly expiresAt: number | null
  /** The account that made it; null for one that was made before there were accounts. */
  readonly account: number | null
  /** What the kept answers take, compressed. */
  readonly bytes: number
}

/** Shared links of who asks, of everybody to administrators, newest first; and what there may be. */
export type LinksAnswer = {
  readonly links: readonly LinkRow[]
  /** Longest time that a link may be kept, in milliseconds; null is for ever. */
  readonly longest: number | null
  readonly usedBytes: number
  readonly maxBytes: number
}

/** Where the nodes of a frozen map lay, by their id. */
export type Places = Readonly<Record<string, readonly [x: number, y: number]>>

/** What an address leads to. */
export type OpenedLink = Omit<LinkRow, 'id' | 'account' | 'bytes'> & { readonly places: Places | null }

/** How long a new link may be kept. */
export const keepChoices = ['7d', '30d', '90d', 'never'] as const
export type KeepFor = (typeof keepChoices)[number]

/** The name under which a frozen link keeps where the nodes lay. */
export const placesName = 'places'
