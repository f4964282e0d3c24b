import type { EdgeDecision } from '@/core/policy/pages/decision-page'
import type { Status } from '../status-mark'

/** What policies decide on an edge, as a mark and a few words. */
export function decisionWords({ difference, verdict, sides }: EdgeDecision): readonly [Status, string] {
  if (difference) return ['warn', 'not as the policies say']
  if (verdict === 'denied') return ['bad', 'denied by policies']
  if (verdict === 'undefined') return ['unknown', 'left open by the policies']
  if (verdict === 'not-known') return ['unknown', 'not known']
  return sides.some(({ reason }) => reason === 'rule') ? ['ok', 'allowed by a rule'] : ['ok', 'nothing restricts it']
}

/** Sentences without the first, which says the verdict and the ends again. */
export const whySentences = ({ sentences, verdict }: Pick<EdgeDecision, 'sentences' | 'verdict'>): readonly string[] =>
  verdict === 'not-known' || sentences.length < 2 ? sentences : sentences.slice(1)
