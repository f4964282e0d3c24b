import type { FlippedFile } from './mutant'

const policies = ['load-model.test.ts', 'explain.test.ts', 'connections.test.ts', 'policy-laws.test.ts']
const admin = ['kinds/cluster-network-policy.test.ts', 'evaluate.test.ts']

/** NetworkPolicy, ClusterNetworkPolicy and its forerunners. */
export const kubernetesFlips: readonly FlippedFile[] = [
  {
    file: 'kinds/network-policy.ts',
    tests: ['evaluate.test.ts', ...policies],
    flips: [
      {
        rule: 'without types a policy is about ingress',
        find: "words.length === 0 || words.includes('Ingress')",
        put: "words.includes('Ingress')",
      },
      {
        rule: 'without types it is about egress where it has such rules',
        find: "(itemsAt(field(spec, 'egress')) ?? []).length > 0",
        put: 'false',
      },
      { rule: 'whom it selects is isolated', find: 'isolates: true', put: 'isolates: false' },
      { rule: 'it says nothing of ICMP', find: '    openForIcmp: true,\n', put: '' },
    ],
  },
  {
    file: 'kinds/network-policy-peer.ts',
    tests: policies,
    flips: [
      {
        rule: 'no peers are everybody',
        find: 'if (peers.length === 0) return anything',
        put: 'if (peers.length === 0) return nothing',
      },
      {
        rule: 'pods without a selector of namespaces are of the own one',
        find: 'namespaceNamed(namespace),',
        put: "{ by: 'any' },",
      },
      { rule: 'both selectors of a peer hold', find: 'labels: podSelector ?? anyLabels', put: 'labels: anyLabels' },
      { rule: 'exceptions of a range do not count', find: 'cidrs: [cidr], except,', put: 'cidrs: [cidr], except: [],' },
      {
        rule: 'a peer that is not known matches nobody',
        find: "['podSelector', 'namespaceSelector', 'ipBlock']).length > 0) return nothing",
        put: "['podSelector', 'namespaceSelector', 'ipBlock']).length > 0) return anything",
      },
    ],
  },
  {
    file: 'kinds/network-policy-ports.ts',
    tests: policies,
    flips: [
      {
        rule: 'no ports are every port',
        find: 'items.length === 0 ? null :',
        put: 'items.length === 0 ? { some: [], none: [] } :',
      },
      { rule: 'endPort ends the range', find: 'to: to ?? from', put: 'to: from' },
      { rule: 'the protocol is TCP where none is given', find: "?? 'TCP'", put: "?? 'UDP'" },
    ],
  },
  {
    file: 'label-selector.ts',
    tests: ['suites.test.ts'],
    flips: [
      {
        rule: 'all parts of a selector hold',
        find: "parts.length === 1 ? first : { op: 'every', of: parts }",
        put: "parts.length === 1 ? first : { op: 'some', of: parts }",
      },
    ],
  },
  {
    file: 'kinds/admin-policy.ts',
    tests: admin,
    flips: [
      {
        rule: 'policies of administrators isolate nobody',
        find: 'isolates: false',
        put: 'isolates: true',
        unnoticed: 'their tiers end in going on, where isolation changes nothing',
      },
      {
        rule: 'a peer that is not known allows nobody and denies everybody',
        find: "return action === 'allow'",
        put: "return action !== 'allow'",
      },
    ],
  },
  {
    file: 'kinds/admin-peers.ts',
    tests: admin,
    flips: [
      {
        rule: 'peers never hold pods on the network of their node',
        find: "of: [match, { is: 'place', places: ['workload'] }]",
        put: 'of: [match]',
      },
      {
        rule: '*. stands for one label at least',
        find: "{ how: 'suffix', text: name.slice(1) }",
        put: "{ how: 'suffix', text: name.slice(2) }",
      },
      { rule: 'nodes are told by their labels', find: '.filter((node) => labelsMatch(labels, node.labels))', put: '' },
    ],
  },
  {
    file: 'kinds/admin-network-policy.ts',
    tests: admin,
    flips: [
      {
        rule: 'notSameLabels is about other values',
        find: "{ op: 'not-in', key, values: [value] }",
        put: "{ op: 'in', key, values: [value] }",
      },
      {
        rule: 'a namespace without the label is like none',
        find: 'keys.length === 0 || values.includes(undefined)',
        put: 'keys.length === 0',
      },
    ],
  },
  {
    file: 'kinds/cluster-network-policy.ts',
    tests: admin,
    flips: [
      {
        rule: 'a Baseline policy is read after NetworkPolicies',
        find: "tier === 'Baseline' ? baselineTier : adminTier",
        put: 'adminTier',
      },
      { rule: 'Pass goes on to the next tier', find: "Pass: 'pass'", put: "Pass: 'allow'" },
    ],
  },
]
