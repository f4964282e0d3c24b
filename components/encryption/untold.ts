import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { windowSeconds } from '@/core/time'
import { formatPercent } from '../format'

/** Less than this of a window is the lag of sources. */
const most = 0.95

/** Of how much of the time nothing is known: before the first data, beyond retention, while all sources were away. null where that is little. */
export function untoldSentence({
  window,
  coveredSeconds,
}: Pick<EncryptionPage, 'window' | 'coveredSeconds'>): string | null {
  const told = coveredSeconds / windowSeconds(window)
  if (!(told < most)) return null
  return `Sources told of ${formatPercent(told)} of this time; of the rest nothing is known, and no figure is about it.`
}
