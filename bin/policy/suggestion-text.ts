import { stringify } from 'yaml'
import type { Evidence } from '@/core/policy/suggest/recorded-flow'
import type { SuggestedPeer, SuggestedRule, Suggestion } from '@/core/policy/suggest/suggestion'
import { clean } from '@/core/text/text'

/** A suggestion as YAML, below comments that say what it rests on. `timed`: flows told when they were seen. */
export function suggestionText({ manifest, subject, ingress, egress, evidence, caveats }: Suggestion, timed: boolean) {
  const lines = [
    `About ${subject.workloads.join(', ')}: ${seenText(evidence, timed)}.`,
    ...sideLines('ingress', ingress, timed),
    ...sideLines('egress', egress, timed),
    ...caveats.filter(({ code }) => timed || code !== 'short-window').map(({ text }) => `Note: ${text}`),
  ]
  return `${lines.map((line) => `# ${clean(line, 1000)}\n`).join('')}${stringify(manifest)}`
}

function sideLines(side: 'ingress' | 'egress', rules: readonly SuggestedRule[] | null, timed: boolean) {
  if (rules === null) return []
  const way = side === 'ingress' ? 'from' : 'to'
  return rules.length === 0
    ? [`${side}: nothing`]
    : rules.map(({ peers, ports, purpose, evidence }) => {
        const on = ports.map(({ protocol, port }) => `${protocol} ${port}`).join(', ')
        const seen = evidence ? seenText(evidence, timed) : 'not seen'
        return `${side} ${way} ${peers.map(peerText).join(', ')} on ${on}${purpose === 'dns' ? ' (DNS)' : ''}: ${seen}`
      })
}

function peerText(peer: SuggestedPeer): string {
  switch (peer.type) {
    case 'pods':
      return peer.workloads.join(', ') || `pods in ${peer.namespace}`
    case 'identity':
      return peer.workloads.join(', ') || `${peer.namespace}/${peer.serviceAccount}`
    case 'addresses':
      return `${peer.cidr}${peer.names.length > 0 ? ` (${peer.names.join(', ')})` : ''}`
    case 'names':
      return peer.names.join(', ')
    case 'entity':
      return peer.entity === 'nodes' ? 'nodes' : 'the API server'
  }
}

/** Days on which nothing told of the flow between its first and last time are not counted. */
function seenText({ count, first, last, days }: Evidence, timed: boolean): string {
  const connections = `${count.toLocaleString('en-US')} ${count === 1 ? 'connection' : 'connections'}`
  if (!timed || days === 0) return connections
  const on = days === 1 ? 'on one day' : `on at least ${days} days`
  return `${connections} ${on}, ${timeText(first)} to ${timeText(last)}`
}

const timeText = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
