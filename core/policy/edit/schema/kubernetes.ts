import { list, map, namespaceSelector, number, podSelector, text, word } from './node'

const protocol = word('TCP', 'UDP', 'SCTP')
const port = map({
  protocol: [protocol, 'TCP where it is not given.'],
  port: [text('ports'), 'A number, or the name of a port of the destination.'],
  endPort: [number(), 'The last port of a range that begins at port.'],
})
const peer = map({
  podSelector: [podSelector, 'Pods by labels; in the own namespace unless namespaceSelector is given.'],
  namespaceSelector: [namespaceSelector, 'Namespaces by labels; together with podSelector both must hold.'],
  ipBlock: [
    map({ cidr: [text(), 'A range such as 10.0.0.0/8.'], except: [list(text()), 'Smaller ranges that do not count.'] }),
    'Addresses, meant for those outside of the cluster.',
  ],
})
const ports = list(port)

/** NetworkPolicy of Kubernetes. */
export const networkPolicySpec = map({
  podSelector: [podSelector, 'Pods of its namespace that it is about; empty: all.'],
  policyTypes: [list(word('Ingress', 'Egress')), 'Directions that it governs; then what no rule allows is denied.'],
  ingress: [
    list(
      map({ from: [list(peer), 'Who may come in; empty: everybody.'], ports: [ports, 'Where to; empty: every port.'] }),
    ),
    'Rules that let in. An empty list lets nobody in.',
  ],
  egress: [
    list(map({ to: [list(peer), 'Where to; empty: everywhere.'], ports: [ports, 'Ports there; empty: every port.'] })),
    'Rules that let out. An empty list lets nobody out.',
  ],
})

const adminPods = map({
  namespaceSelector: [namespaceSelector, 'Namespaces of the pods; empty: all.'],
  podSelector: [podSelector, 'Pods by labels; empty: all.'],
})
const inside = {
  namespaces: [namespaceSelector, 'All pods of these namespaces; empty: of all.'],
  pods: [adminPods, 'Pods of namespaces.'],
} as const
const outside = {
  ...inside,
  networks: [list(text()), 'Address ranges; they also match pods.'],
  nodes: [namespaceSelector, 'Nodes by labels.'],
  domainNames: [list(text()), 'DNS names, for rules that accept; *. stands for one or more parts.'],
} as const
const range = map({ start: [number(), 'The first port.'], end: [number(), 'The last port.'] })
const destinationPort = map({ number: [number('ports'), 'One port.'], range: [range, 'Ports from start to end.'] })
const byProtocol = map({ destinationPort: [destinationPort, 'The port at the destination.'] })
const protocols = list(
  map({
    tcp: [byProtocol, 'Ports of TCP.'],
    udp: [byProtocol, 'Ports of UDP.'],
    sctp: [byProtocol, 'Ports of SCTP.'],
    destinationNamedPort: [text('ports'), 'A port of the destination by its name.'],
  }),
)
const olderPorts = list(
  map({
    portNumber: [map({ protocol: [protocol, ''], port: [number('ports'), ''] }), 'One port.'],
    portRange: [map({ protocol: [protocol, ''], start: [number(), ''], end: [number(), ''] }), 'Several ports.'],
    namedPort: [text('ports'), 'A port of the destination by its name.'],
  }),
)

const adminSpec = (actions: readonly string[], portsField: string, ports: typeof protocols) => {
  const rule = (side: 'from' | 'to', peers: typeof inside | typeof outside) =>
    list(
      map({
        name: [text(), 'For people.'],
        action: [word(...actions), 'The first rule that matches decides; Pass goes on to the next tier.'],
        [side]: [list(map(peers)), 'The other end.'],
        [portsField]: [ports, 'Ports; not given: all.'],
      }),
    )
  return {
    subject: [map(inside), 'Pods that it is about.'],
    ingress: [rule('from', inside), 'Rules for what comes in, read in order.'],
    egress: [rule('to', outside), 'Rules for what goes out, read in order.'],
  } as const
}

export const clusterNetworkPolicySpec = map({
  tier: [word('Admin', 'Baseline'), 'Admin is read before NetworkPolicies, Baseline after them.'],
  priority: [number(), 'From 0 to 1000; lower is read first.'],
  ...adminSpec(['Accept', 'Deny', 'Pass'], 'protocols', protocols),
})
export const adminNetworkPolicySpec = map({
  priority: [number(), 'From 0 to 1000; lower is read first.'],
  ...adminSpec(['Allow', 'Deny', 'Pass'], 'ports', olderPorts),
})
export const baselineNetworkPolicySpec = map(adminSpec(['Allow', 'Deny'], 'ports', olderPorts))
