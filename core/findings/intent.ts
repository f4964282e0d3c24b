import { secondsOf } from '../series/covered'
import { firstEvidence } from '../encryption/classify-edge'
import { readinessOf } from '../encryption/readiness'
import { countWords, listWords } from '../text/words'
import { affectedOf, type Audit, callName } from './context'
import type { Draft } from './finding'

/** Plaintext that was seen although Istio is told to refuse it: what is configured and what is measured differ. */
export const intent: Audit = ({ world, classified }) => {
  const byId = new Map(classified.edges.map((each) => [each.id, each]))
  const toldSeconds = (cluster: string) => secondsOf(world, cluster)
  return readinessOf([{ window: world.window, classified, toldSeconds }]).flatMap(
    ({ state, namespace, words, edges }): Draft[] => {
      if (state !== 'broken') return []
      const seen = edges.flatMap((id) => byId.get(id) ?? [])
      const [first] = seen
      if (!first) return []
      const single = seen.length === 1
      const calls = seen.map(({ worldEdge }) => callName(worldEdge))
      return [
        {
          audit: 'intent',
          severity: 'degraded',
          title: single
            ? `${callName(first.worldEdge)} speaks plaintext to STRICT`
            : `${countWords(seen.length, 'edge')} speak plaintext to ${namespace}, which is STRICT`,
          sentence: `${namespace}: ${words}, by ${listWords(calls)}.`,
          subject: single ? first.id : first.toKey,
          endpoints: [...new Set(seen.flatMap(({ fromKey, toKey }) => [fromKey, toKey]))],
          affected: seen.map(({ worldEdge }) => affectedOf(worldEdge.edge.from)),
          evidence: seen.slice(0, 3).map((each) => ({
            figure: callName(each.worldEdge),
            value: 'plaintext',
            witness: firstEvidence(each)?.identity.witness ?? null,
          })),
          watch: null,
          weight: seen.length,
        },
      ]
    },
  )
}
