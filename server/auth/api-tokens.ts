import type { Asker } from '@/core/access/asker'

/** Who sends this Authorization header; null: nobody. No token is given out yet. */
export async function askerOfApiToken(_authorization: string): Promise<Asker | null> {
  return null
}
