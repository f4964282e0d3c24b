import { endpointKey, endpointType } from '../endpoint'
import { countWords, listWords } from '../text/words'
import { affectedOf, type Audit } from './context'

/** Fewer callers than this do not make something that others depend on. */
const leastCallers = 2
const leastCalls = 50

/** Deployments of one pod that several others call: a restart or a lost node takes them away. One finding for all. */
export const singlePod: Audit = ({ world, traffic }) => {
  const found = world.inventory.flatMap(({ endpoint, pods }) => {
    if (pods !== 1 || endpoint.kind !== 'Deployment') return []
    const key = endpointKey(endpoint)
    const calls = traffic.incoming(key).filter(({ edge }) => endpointType(edge.from) !== 'node')
    const callers = new Set(calls.map(({ fromKey }) => fromKey)).size
    const n = calls.reduce((sum, { tally }) => sum + (tally.requests ?? tally.verdicts.allowed ?? 0), 0)
    return callers >= leastCallers && n >= leastCalls ? [{ key, endpoint, callers }] : []
  })
  const [first, second] = found.toSorted((a, b) => b.callers - a.callers || (a.key < b.key ? -1 : 1))
  if (!first) return []
  const names = found.map(({ endpoint }) => endpoint.name)
  return [
    {
      audit: 'single-pod',
      severity: 'notice',
      title: second
        ? `Single pods: ${countWords(found.length, 'service')} that others call`
        : `${first.endpoint.name} has a single pod`,
      sentence: second
        ? `${listWords(names)}: while such a pod restarts, nobody answers its callers.`
        : `It has ${countWords(first.callers, 'caller')}; while it restarts, nobody answers them.`,
      subject: second ? null : first.key,
      endpoints: found.map(({ key }) => key),
      affected: found.map(({ endpoint }) => affectedOf(endpoint)),
      evidence: found.slice(0, 5).map(({ endpoint, callers }) => ({
        figure: endpoint.name,
        value: `one pod, ${countWords(callers, 'caller')}`,
        witness: null,
      })),
      watch: null,
      weight: found.length,
    },
  ]
}
