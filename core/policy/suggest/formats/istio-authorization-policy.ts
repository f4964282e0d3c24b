import type { SuggestedRule } from '../suggestion'
import type { SuggestionFormat } from './format'

/** Of what comes in, between workloads that have a proxy. */
export const istioFormat: SuggestionFormat = {
  name: 'IstioAuthorizationPolicy',
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  layer: 'mesh',
  directions: ['ingress'],
  words: { pods: 'identity', names: false, nodes: 'addresses' },
  spec: ({ subject, ingress }) => ({
    ...(Object.keys(subject.labels).length === 0 ? {} : { selector: { matchLabels: subject.labels } }),
    action: 'ALLOW',
    rules: (ingress ?? []).map(ruleOf),
  }),
}

/** `cluster.local` stands for the trust domain of the mesh, whatever that is. */
const ruleOf = ({ peers, ports }: SuggestedRule) => ({
  from: [
    {
      source: {
        principals: peers.flatMap((peer) =>
          peer.type === 'identity' ? [`cluster.local/ns/${peer.namespace}/sa/${peer.serviceAccount}`] : [],
        ),
      },
    },
  ],
  to: [{ operation: { ports: ports.map(({ port }) => String(port)) } }],
})
