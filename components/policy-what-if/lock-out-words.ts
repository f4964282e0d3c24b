import type { LockOutReport } from '@/core/policy/what-if/answer'
import { plural } from '../format'
import type { Status } from '../status-mark'
import { checkWords } from './effect-words'

/** Whether a draft cuts what the cluster leans on, in a line. @param readable whether the whole draft could be read */
export function lockOutWords(
  { found, unused, safe }: LockOutReport,
  readable: boolean,
): { readonly words: string; readonly status: Status } {
  if (found.length > 0)
    return {
      words: `${plural(found.length, 'lock-out')}: ${[...new Set(found.map(({ check }) => checkWords[check]))].join(', ')}`,
      status: found.some(({ verdict }) => verdict === 'denied') ? 'bad' : 'warn',
    }
  if (!readable) return { words: 'lock-outs: not checked while the text cannot be read', status: 'unknown' }
  const closed = new Set(unused.map(({ check }) => check))
  if (closed.size > 0)
    return {
      words: `ways that nobody used close: ${[...closed].map((check) => checkWords[check]).join(', ')}`,
      status: 'warn',
    }
  const reachable = safe.filter((check) => check !== 'namespace')
  return reachable.length > 0
    ? { words: `no lock-out: ${reachable.map((check) => checkWords[check]).join(', ')} stay reachable`, status: 'ok' }
    : { words: 'lock-outs: nothing could be checked', status: 'unknown' }
}
