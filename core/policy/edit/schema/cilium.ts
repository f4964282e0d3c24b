import { entityNames } from '../../kinds/cilium-entity'
import { flag, list, map, namespaceSelector, number, podSelector, type SchemaNode, text, word } from './node'

const ranges = list(
  map({
    cidr: [text(), 'A range such as 10.0.0.0/8; it never matches pods.'],
    except: [list(text()), 'Smaller ranges that do not count.'],
    cidrGroupRef: [text(), 'The ranges of a CiliumCIDRGroup.'],
  }),
)
const http = map({
  method: [text(), 'A regular expression, such as GET.'],
  path: [text(), 'A regular expression for all of the path.'],
  host: [text(), 'A regular expression for the host.'],
  headers: [list(text()), 'Headers that must be there.'],
})
const name = map({
  matchName: [text(), 'This DNS name.'],
  matchPattern: [text(), 'DNS names; * stands for a part.'],
})
const port = map({
  port: [text('port-texts'), 'A number as text, or a name; "0" is every port.'],
  endPort: [number(), 'The last port of a range.'],
  protocol: [word('TCP', 'UDP', 'SCTP', 'ANY'), 'ANY where it is not given.'],
})
const toPorts = (allows: boolean) =>
  list(
    map({
      ports: [list(port), 'Ports at the destination.'],
      ...(allows
        ? {
            rules: [
              map({ http: [list(http), 'Requests that pass.'], dns: [list(name), 'Names that may be asked.'] }),
              'What is asked for within.',
            ],
          }
        : {}),
    }),
  )

function rules(way: 'from' | 'to', allows: boolean): SchemaNode {
  const who = way === 'from' ? 'Who may come in' : 'Where it may go'
  return list(
    map({
      [`${way}Endpoints`]: [
        list(podSelector),
        `${who}: pods by labels. Name the namespace with k8s:io.kubernetes.pod.namespace.`,
      ],
      [`${way}Entities`]: [list(word(...entityNames)), `${who}: what Cilium has words for.`],
      [`${way}CIDR`]: [list(text()), `${who}: address ranges outside of the cluster.`],
      [`${way}CIDRSet`]: [ranges, `${who}: ranges with exceptions, or groups of them.`],
      [`${way}Nodes`]: [list(namespaceSelector), `${who}: nodes by labels.`],
      ...(way === 'to'
        ? {
            ...(allows ? { toFQDNs: [list(name), 'DNS names that were looked up.'] } : {}),
            toServices: [
              list(
                map({
                  k8sService: [
                    map({ serviceName: [text(), 'Its name.'], namespace: [text('namespaces'), 'Its namespace.'] }),
                    'A Service of Kubernetes.',
                  ],
                }),
              ),
              'What stands behind Services.',
            ],
          }
        : {}),
      toPorts: [toPorts(allows), 'Ports; not given: all.'],
    }),
  )
}

export const ciliumSpec = map({
  endpointSelector: [podSelector, 'Pods that it is about; empty: all of the namespace.'],
  ingress: [rules('from', true), 'Rules that let in. An empty rule isolates and lets nobody in.'],
  ingressDeny: [rules('from', false), 'Rules that keep out, before every allow.'],
  egress: [rules('to', true), 'Rules that let out.'],
  egressDeny: [rules('to', false), 'Rules that keep in, before every allow.'],
  enableDefaultDeny: [
    map({ ingress: [flag, 'false: rules isolate nobody.'], egress: [flag, 'false: rules isolate nobody.'] }),
    'Whether having rules isolates.',
  ],
  description: [text(), 'For people.'],
})
