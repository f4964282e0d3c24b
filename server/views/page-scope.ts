import type { Asker } from '@/core/access/asker'
import { type Scope, scopeOf } from '@/core/scope'
import { askerOf } from '@/server/access'

/** Who a page is for; null: nobody is logged in. */
export async function pageAsker(headers: Headers): Promise<Asker | null> {
  try {
    return await askerOf(headers)
  } catch {
    return null
  }
}

/** What a page may show before its scripts ask: nothing to somebody who is not logged in. */
export const pageScope = (asker: Asker | null): Scope => asker?.rights.sees ?? scopeOf([])
