import { type Amounts, type Basis, type EncryptionClass, encryptedClasses } from '@/core/encryption/classes'
import type { CountedIn } from '@/core/encryption/row-shares'
import { summaryWords } from '../encryption-words'
import { formatBytes, formatShort, formatPercent } from '../format'

/** Encrypted first, strongest first; then what is not, and what nobody knows. `same-node` is beside the bar, never in it. */
export const barClasses = [...encryptedClasses, 'plaintext', 'unknown'] as const satisfies readonly EncryptionClass[]

export const classWords: Readonly<Record<EncryptionClass, string>> = summaryWords

/** What a class means, in a sentence. */
export const classSentence: Readonly<Record<EncryptionClass, string>> = {
  'mtls+tunnel': 'Both peers proved who they are, and WireGuard or IPsec encrypted it between nodes as well.',
  mtls: 'Both peers proved who they are.',
  tunnel: 'WireGuard or IPsec encrypted it between nodes; the workloads themselves spoke without TLS that anybody saw.',
  tls: 'Encrypted, but nobody verified the peer, or only the port says so.',
  'same-node':
    'It never left its node, so there was no way to protect. It counts neither as encrypted nor as plaintext.',
  plaintext: 'No proxy and no tunnel encrypted it.',
  unknown: 'Nobody tells enough about it. It counts neither as encrypted nor as plaintext, but widens the bounds.',
}

const basisWord: Readonly<Record<Basis, string>> = {
  measured: 'measured',
  placement: 'from where pods and keys were',
  inferred: 'concluded from what nobody saw',
}

/** How sure a class or layer is; of what has no evidence that nobody tells enough. */
export const basisWords = (basis: Basis, of?: EncryptionClass): string =>
  of === 'unknown' ? 'nobody tells enough' : basisWord[basis]

export const unitWords: Readonly<Record<CountedIn, string>> = {
  bytes: 'bytes',
  requests: 'requests',
  connections: 'connections',
  flows: 'flow events',
}

/** `31.2 MB`, `1,204 requests`. */
export const amountText = (amount: number, unit: CountedIn): string =>
  unit === 'bytes' ? formatBytes(amount) : `${formatShort(amount)} ${unitWords[unit]}`

/** What left its node: what the bar is of. */
export const exposedOf = (amounts: Amounts): number => barClasses.reduce((sum, each) => sum + amounts[each], 0)

/** `mTLS 58 %, plaintext 14 %`: what a bar shows, for who does not see it. */
export function barText(amounts: Amounts): string {
  const all = exposedOf(amounts)
  if (!(all > 0)) return 'nothing went between nodes'
  return barClasses
    .filter((each) => amounts[each] > 0)
    .map((each) => `${classWords[each]} ${formatPercent(amounts[each] / all)}`)
    .join(', ')
}
