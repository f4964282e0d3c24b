import { type Scope, scopeOf } from '@/core/scope'
import { askerOf } from '@/server/access'

/** What a page may show before its scripts ask: nothing to somebody who is not logged in. */
export async function pageScope(headers: Headers): Promise<Scope> {
  try {
    return (await askerOf(headers)).rights.sees
  } catch {
    return scopeOf([])
  }
}
